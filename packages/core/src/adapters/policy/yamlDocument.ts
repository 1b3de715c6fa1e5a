import { createRequire } from 'node:module';
import type { Document, LineCounter, Node } from 'yaml';
import type { Place } from '../../kernel/policy/source.ts';

/** A YAML text read with the place of every node. */
export interface YamlDocument {
  /** What the text breaks of the syntax, from top to bottom. */
  readonly faults: readonly Fault[];
  /** Whether it holds nothing, or nothing but remarks. */
  readonly isEmpty: boolean;
  /** Place of the key that the path ends with, or of the deepest thing on the way that is there. */
  locate(path: readonly (string | number)[]): Place;
}

export interface Fault extends Place {
  readonly message: string;
}

type Yaml = typeof import('yaml');

/** Takes several times as long as reading the data alone, so the parser is fetched when a place is first asked for. */
export function yamlDocument(text: string): YamlDocument {
  const yaml = createRequire(import.meta.url)('yaml') as Yaml;
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines });
  return {
    faults: document.errors.map(({ message, pos }) => ({ ...placeAt(lines, pos[0]), message: plain(message) })),
    isEmpty: document.contents === null,
    locate: (path) => placeAt(lines, offsetOf(yaml, document, path)),
  };
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** The first line of the parser's message, which repeats the place. */
function plain(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? 'not valid YAML';
}

function offsetOf(yaml: Yaml, document: Document.Parsed, path: readonly (string | number)[]): number {
  const startOf = (node: unknown): number | undefined => (yaml.isNode(node) ? (node as Node).range?.[0] : undefined);
  const keyOf = (key: unknown): string => String(yaml.isNode(key) ? key.toJSON() : key);
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const pair = yaml.isMap(node) ? node.items.find((item) => keyOf(item.key) === String(step)) : undefined;
    const next = yaml.isSeq(node) ? node.items[Number(step)] : pair?.value;
    const start = startOf(yaml.isSeq(node) ? next : pair?.key);
    if (start === undefined) return offset;
    [node, offset] = [next, start];
  }
  return offset;
}
