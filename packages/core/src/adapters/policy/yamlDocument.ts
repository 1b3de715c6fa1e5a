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

/**
 * Takes several times as long as reading the data alone, so the parser is fetched when a place is first asked for. It
 * compares each key with all others, for minutes in a long file, so it does that only to a text that is known to be `faulty`.
 */
export function yamlDocument(text: string, faulty: boolean): YamlDocument {
  const yaml = createRequire(import.meta.url)('yaml') as Yaml;
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, uniqueKeys: faulty });
  const step = stepper(yaml);
  return {
    faults: document.errors.map(({ code, message, pos }) => ({
      ...placeAt(lines, pos[0]),
      message: code === 'MULTIPLE_DOCS' ? 'a second document begins here: a file holds one' : plain(message),
    })),
    isEmpty: document.contents === null,
    locate: (path) => placeAt(lines, offsetOf(document, path, step)),
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

interface Step {
  readonly start: number | undefined;
  readonly next: unknown;
}

type Stepper = (node: unknown, step: string | number) => Step;

/** Keys are indexed once per mapping: with many mistakes in a long one, looking each up from the start would take minutes. */
function stepper(yaml: Yaml): Stepper {
  const startOf = (node: unknown): number | undefined => (yaml.isNode(node) ? (node as Node).range?.[0] : undefined);
  const keyOf = (key: unknown): string => String(yaml.isNode(key) ? key.toJSON() : key);
  const indexes = new Map<unknown, Map<string, Step>>();
  return (node, step) => {
    if (yaml.isSeq(node)) {
      const next = node.items[Number(step)];
      return { start: startOf(next), next };
    }
    if (!yaml.isMap(node)) return NOWHERE;
    let index = indexes.get(node);
    if (index === undefined) {
      index = new Map(node.items.map(({ key, value }) => [keyOf(key), { start: startOf(key), next: value }]));
      indexes.set(node, index);
    }
    return index.get(String(step)) ?? NOWHERE;
  };
}

const NOWHERE: Step = { start: undefined, next: undefined };

function offsetOf(document: Document.Parsed, path: readonly (string | number)[], step: Stepper): number {
  let node: unknown = document.contents;
  let offset = (document.contents as Node | null)?.range?.[0] ?? 0;
  for (const name of path) {
    const { start, next } = step(node, name);
    if (start === undefined) return offset;
    [node, offset] = [next, start];
  }
  return offset;
}
