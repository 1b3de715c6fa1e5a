import { readFile } from 'node:fs/promises';
import { type Document, isMap, isNode, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { KeptError } from '../../kernel/keptError.ts';
import type { Mistake, Place, PolicySource } from '../../kernel/policy/source.ts';

/** A YAML file, parsed with its places, and what the parser itself objects to. */
export interface YamlSource extends PolicySource {
  readonly mistakes: readonly Mistake[];
}

/**
 * Reads a YAML file; `file` is its name in messages, `sought` where it is not there.
 * @throws KeptError POLICY_NOT_FOUND
 */
export async function yamlSource(path: string, file: string, sought: string = file): Promise<YamlSource> {
  return parseSource(await readText(path, sought), file);
}

/** Parses YAML text. Broken syntax becomes mistakes, so that they are shown beside those of other files. */
export function parseSource(text: string, file: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const mistakes = document.errors.map((error): Mistake => {
    const message = error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? 'not valid YAML';
    return { code: 'YAML_BROKEN', file, ...placeAt(error.pos[0]), message, remedy: 'mend the YAML here' };
  });
  const data: unknown = mistakes.length > 0 ? undefined : document.toJS();
  return { file, data, mistakes, locate: (path) => placeAt(offsetOf(document, path)) };
}

/** Offset of the key that the path ends with, or of the deepest thing on the way that is there. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const pair = isMap(node) ? node.items.find((item) => keyOf(item.key) === String(step)) : undefined;
    const next = isSeq(node) ? node.items[Number(step)] : pair?.value;
    const start = startOf(isSeq(node) ? next : pair?.key);
    if (start === undefined) return offset;
    [node, offset] = [next, start];
  }
  return offset;
}

function keyOf(key: unknown): string {
  return String(isNode(key) ? key.toJSON() : key);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

async function readText(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new KeptError('POLICY_NOT_FOUND', `There is no ${file}`, {
      place: file,
      remedy: 'name a pack of @kept/policies, or a folder that holds policy.yaml and inventory.yaml',
      cause,
    });
  }
}
