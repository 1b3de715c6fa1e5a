import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { KeptError } from '../../kernel/keptError.ts';
import type { Mistake, PolicySource } from '../../kernel/policy/source.ts';
import { type Fault, type YamlDocument, yamlDocument } from './yamlDocument.ts';

/** A YAML file, parsed with its places, and what the parsers themselves object to. */
export interface YamlSource extends PolicySource {
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads a YAML file; `file` is its name in messages, `sought` where it is not there.
 * @throws KeptError POLICY_NOT_FOUND
 */
export async function yamlSource(path: string, file: string, sought: string = file): Promise<YamlSource> {
  return parseSource(readText(path, sought), file);
}

/**
 * Parses YAML 1.2 text. Broken syntax becomes mistakes, so that they are shown beside those of other files. The data is
 * read by the faster of two parsers; the other is asked for places, and for all faults where the first stops at one.
 */
export function parseSource(text: string, file: string): YamlSource {
  if (text.length > MOST_CHARACTERS) return tooLong(file);
  const read = dataOf(text);
  let document: YamlDocument | undefined;
  const placed = (): YamlDocument => {
    document ??= yamlDocument(text, 'fault' in read);
    return document;
  };
  const faults = 'fault' in read ? faultsOf(placed, read.fault) : [];
  return {
    file,
    data: 'data' in read ? read.data : faults.length === 0 ? null : undefined,
    mistakes: faults.map((fault) => broken(file, fault, 'mend the YAML here')),
    locate: (path) => placed().locate(path),
  };
}

/** Room for ten thousand rules; a file that is longer is something else, and would keep everybody waiting. */
const MOST_CHARACTERS = 5_000_000;

function tooLong(file: string): YamlSource {
  const start = { line: 1, column: 1 };
  const message = `the file has more than ${MOST_CHARACTERS} characters`;
  const mistakes = [broken(file, { ...start, message }, 'give the file that was meant, or split what it holds')];
  return { file, data: undefined, mistakes, locate: () => start };
}

function broken(file: string, { line, column, message }: Fault, remedy: string): Mistake {
  return { code: 'YAML_BROKEN', file, line, column, message, remedy };
}

/** Aliases are refused: a policy says what it says where it stands, and no value can contain itself. */
function dataOf(text: string): { readonly data: unknown } | { readonly fault: Fault } {
  try {
    return { data: load(text, { schema: CORE_SCHEMA, maxAliases: 0 }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    const own = OWN_WORDS.find(([reason]) => error.reason.startsWith(reason));
    return { fault: { line: line + 1, column: column + 1, message: own?.[1] ?? error.reason } };
  }
}

const TOO_DEEP = 'this is nested too deeply';

const OWN_WORDS: readonly (readonly [string, string])[] = [
  ['aliases', 'an alias is not possible here: write it out'],
  ['nesting', TOO_DEEP],
];

/**
 * All that the slower parser finds, or what the faster one alone objected to. A file that holds nothing is no fault. What
 * is nested too deeply the slower one is not asked about: it would run out of stack.
 */
function faultsOf(placed: () => YamlDocument, fault: Fault): readonly Fault[] {
  if (fault.message === TOO_DEEP) return [fault];
  const { faults, isEmpty } = placed();
  if (faults.length > 0) return faults;
  return isEmpty ? [] : [fault];
}

/**
 * Reads at once: a pack is many small files, and each read in the background goes to another thread and back four times.
 * @throws KeptError POLICY_NOT_FOUND
 */
export function readText(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new KeptError('POLICY_NOT_FOUND', `There is no ${file}`, {
      place: file,
      remedy: 'name a pack of @kept/policies, or a folder that holds policy.yaml and inventory.yaml',
      cause,
    });
  }
}
