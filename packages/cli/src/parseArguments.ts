import { parseArgs } from 'node:util';
import type { Args, Command, Options } from './command.ts';
import { WrongQuestion } from './wrongQuestion.ts';

const COMMON: Options = {
  json: { type: 'boolean', help: 'one JSON document on standard output, and nothing else' },
  help: { type: 'boolean', help: 'this page' },
};

/** Reads the words after a command. Throws WrongQuestion, naming the nearest option where one is unknown. */
export async function parseArguments(command: Command, argv: readonly string[]): Promise<Args> {
  const options: Options = { ...command.options, ...COMMON };
  const parsing = Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => [name, { type, multiple: true }]),
  );
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: parsing,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });

  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined) throw await unknownOption(token.rawName, Object.keys(options));
    given.set(token.name, [...(given.get(token.name) ?? []), valueIn(token, option.type)]);
    if (!option.multiple && (given.get(token.name)?.length ?? 0) > 1) {
      throw new WrongQuestion(`${token.rawName} is given twice`, token.rawName, 'give it once');
    }
  }
  checkCount(command, positionals);

  const text = (name: string): string | undefined => given.get(name)?.[0];
  return {
    command: command.name,
    positionals,
    json: given.has('json'),
    text,
    texts: (name) => given.get(name) ?? [],
    flag: (name) => given.has(name),
    need(name) {
      const value = text(name);
      if (value !== undefined) return value;
      const { value: shown = 'VALUE', help } = options[name] ?? { help: '' };
      throw new WrongQuestion(`--${name} is missing`, 'options', `add --${name} ${shown}: ${help}`);
    },
  };
}

interface Token {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function valueIn({ rawName, value, inlineValue }: Token, type: 'string' | 'boolean'): string {
  if (type === 'boolean') {
    if (value === undefined) return '';
    throw new WrongQuestion(`${rawName} takes no value`, rawName, 'leave the value out');
  }
  if (value === undefined || value === '' || (!inlineValue && /^-./.test(value))) {
    throw new WrongQuestion(`${rawName} needs a value`, rawName, `write ${rawName}=VALUE`);
  }
  return value;
}

async function unknownOption(rawName: string, known: readonly string[]): Promise<WrongQuestion> {
  const { insteadOf } = await import('@kept/core');
  const names = known.map((name) => `--${name}`);
  return new WrongQuestion(`There is no option ${rawName}`, rawName, insteadOf(rawName, names));
}

function checkCount({ name, usage, takes: [least, most] }: Command, positionals: readonly string[]): void {
  const remedy = `write kept ${name} ${usage}`.trim();
  if (positionals.length < least) throw new WrongQuestion('An argument is missing', 'arguments', remedy);
  const extra = positionals[most];
  if (extra !== undefined) throw new WrongQuestion(`"${extra}" is one argument too many`, 'arguments', remedy);
}

/** Options with those that every command has, for the help. */
export function allOptions(command: Command): Options {
  return { ...command.options, ...COMMON };
}
