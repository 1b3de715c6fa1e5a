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
  let document: YamlDocument | undefined;
  const placed = (): YamlDocument => {
    document ??= yamlDocument(text);
    return document;
  };
  const read = dataOf(text);
  const faults = 'fault' in read ? faultsOf(placed(), read.fault) : [];
  return {
    file,
    data: 'data' in read ? read.data : faults.length === 0 ? null : undefined,
    mistakes: faults.map(({ line, column, message }) => ({
      code: 'YAML_BROKEN',
      file,
      line,
      column,
      message,
      remedy: 'mend the YAML here',
    })),
    locate: (path) => placed().locate(path),
  };
}

/** Aliases are refused: a policy says what it says where it stands, and no value can contain itself. */
function dataOf(text: string): { readonly data: unknown } | { readonly fault: Fault } {
  try {
    return { data: load(text, { schema: CORE_SCHEMA, maxAliases: 0 }) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    const message = error.reason.startsWith('aliases') ? 'an alias is not possible here: write it out' : error.reason;
    return { fault: { line: line + 1, column: column + 1, message } };
  }
}

/** All that the slower parser finds, or what the faster one alone objected to. A file that holds nothing is no fault. */
function faultsOf({ faults, isEmpty }: YamlDocument, fault: Fault): readonly Fault[] {
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
