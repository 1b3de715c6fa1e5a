import type { StagedEntry } from './stages.ts';

/** Pieces of text are joined until they are worth a write. */
const PIECE = 64 * 1024;

export type TextFile = Omit<StagedEntry, 'behind'>;

/** A text file of a package, written while it is read. */
export function textFile(name: string, type: string, text: AsyncIterable<string>, records?: () => number): TextFile {
  const file = { name, type, how: 'deflate', content: inPieces(text) } as const;
  return records === undefined ? file : { ...file, counts: () => ({ records: records(), files: 0 }) };
}

/** Of a text that is there at once. */
export function shortFile(name: string, type: string, text: string | (() => string | Promise<string>)): TextFile {
  return textFile(name, type, only(text));
}

/** A list as one document of JSON, an element a line. */
export async function* jsonList(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = '[';
  for await (const item of items) {
    yield `${before}\n${JSON.stringify(item)}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

/** A list as newline-delimited JSON. */
export async function* jsonLines(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

async function* only(text: string | (() => string | Promise<string>)): AsyncGenerator<string> {
  yield typeof text === 'string' ? text : await text();
}

async function* inPieces(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let waiting = '';
  for await (const piece of text) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    yield encoder.encode(waiting);
    waiting = '';
  }
  if (waiting !== '') yield encoder.encode(waiting);
}
