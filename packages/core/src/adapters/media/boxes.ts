import { mediaInvalid } from './mediaFault.ts';
import { code, u32, u64 } from './numbersIn.ts';

/** The beginning of a box (ISO/IEC 14496-12, 4.2; an atom of QuickTime). A length of `Infinity`: to the end of the file. */
export interface BoxHead {
  readonly type: string;
  /** How many bytes the head itself has: 8, or 16 with a long length. */
  readonly head: number;
  /** Head and body. */
  readonly length: number;
}

/** A box within another one; `body` and `whole` are windows into the same bytes, so that writing to them changes the file. */
export interface Box {
  readonly type: string;
  readonly body: Uint8Array;
  readonly whole: Uint8Array;
}

/** The head that begins here. Answers nothing where no box can begin so. */
export function boxHead(bytes: Uint8Array, at = 0): BoxHead | undefined {
  if (bytes.length < at + 8) return undefined;
  const short = u32(bytes, at);
  if (short === 1 && bytes.length < at + 16) return undefined;
  const head = short === 1 ? 16 : 8;
  const length = short === 0 ? Number.POSITIVE_INFINITY : short === 1 ? u64(bytes, at + 8) : short;
  return length < head ? undefined : { type: code(bytes, at + 4), head, length };
}

/** More than any film has in one list; each costs us more memory than it has bytes. */
const MOST = 10_000;

/** The boxes within a body, and `rest` with what follows the last one: QuickTime ends some lists with four zeros. */
export function boxesIn(body: Uint8Array): { boxes: Box[]; rest: Uint8Array } {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= body.length && u32(body, at) !== 0) {
    const found = boxHead(body, at);
    if (!found || at + found.length > body.length)
      throw mediaInvalid('A box of the film is longer than the one around it.');
    if (boxes.length === MOST) throw mediaInvalid('The film holds more boxes than any film.');
    const whole = body.subarray(at, at + found.length);
    boxes.push({ type: found.type, whole, body: whole.subarray(found.head) });
    at += found.length;
  }
  return { boxes, rest: body.subarray(at) };
}

/** The body of the first box at the end of a path of types. */
export function bodyAt(body: Uint8Array, ...path: readonly string[]): Uint8Array | undefined {
  let found: Uint8Array | undefined = body;
  for (const type of path) found = found && boxesIn(found).boxes.find((box) => box.type === type)?.body;
  return found;
}
