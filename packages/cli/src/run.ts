import { readFile } from 'node:fs/promises';
import { ANSWERED, WRONG_QUESTION } from './command.ts';
import { commandNamed, groupNamed } from './commandNamed.ts';
import { generalHelp, groupHelp, helpOf } from './help.ts';
import type { Io } from './io.ts';
import { oneLine } from './oneLine.ts';
import { parseArguments } from './parseArguments.ts';
import { WrongQuestion } from './wrongQuestion.ts';

const HELP = ['--help', '-h'];

/** Runs one command line, without the name of the program, and answers its exit. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let asked = 'kept';
  try {
    const [first = '', ...others] = argv;
    if (first === '--version') {
      io.out(`${await version()}\n`);
      return ANSWERED;
    }
    if (HELP.includes(first) || (first === 'help' && others.length === 0)) {
      io.out(generalHelp());
      return ANSWERED;
    }
    if (first === '') throw new WrongQuestion('No command is given', 'command', 'kept --help lists them');

    const words = first === 'help' ? [...others, '--help'] : argv;
    const group = groupNamed(words[0] ?? '');
    if (group.length > 0 && HELP.includes(words[1] ?? '')) {
      io.out(groupHelp(group));
      return ANSWERED;
    }
    const { entry, rest } = await commandNamed(words);
    asked = `kept ${entry.name}`;
    const command = await entry.load();
    if (wantsHelp(rest)) {
      io.out(helpOf(command, entry.summary));
      return ANSWERED;
    }
    return await command.run(await parseArguments(command, rest), io);
  } catch (error) {
    io.err(`${oneLine(asked, error)}\n`);
    return WRONG_QUESTION;
  }
}

function wantsHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--');
  return (end === -1 ? rest : rest.slice(0, end)).some((word) => HELP.includes(word));
}

async function version(): Promise<string> {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
