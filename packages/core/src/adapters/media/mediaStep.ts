import { mediaInvalid } from './mediaFault.ts';

/**
 * What a format does with the bytes that come next. The formats are written as one walk from the first byte to the last,
 * and do not know whether the file lies in memory or arrives in pieces: `walkMedia` does.
 */
export type Step =
  | { readonly do: 'look'; readonly length: number }
  | { readonly do: 'pass'; readonly length: number }
  | { readonly do: 'drop' | 'blank'; readonly length: number; readonly what: string }
  | { readonly do: 'put'; readonly bytes: Uint8Array };

/** Answers of `look`: the bytes that come next, more of them where they are there, fewer only at the end of the file. */
export type Walk<Result = void> = Generator<Step, Result, Uint8Array>;

/** The bytes that come next, without moving on; shorter than asked only at the end of the file. */
export function* look(length: number): Walk<Uint8Array> {
  return yield { do: 'look', length };
}

/** As `look`, exactly so many; MEDIA_INVALID where the file ends before. */
export function* need(length: number): Walk<Uint8Array> {
  const bytes = yield* look(length);
  if (bytes.length < length) throw mediaInvalid('The file ends in the middle.');
  return bytes.subarray(0, length);
}

/** Moves on over exactly so many bytes and hands out a copy of them. Nothing of them reaches the output by itself. */
export function* take(length: number): Walk<Uint8Array> {
  // Not `slice`, which of a Buffer is no copy.
  const bytes = new Uint8Array(yield* need(length));
  yield { do: 'drop', length, what: '' };
  return bytes;
}

/** The next bytes reach the output as they are; `Infinity`: all that are left. */
export function* pass(length: number): Walk {
  if (length > 0) yield { do: 'pass', length };
}

/** The next bytes are left out and reported as `what`. */
export function* drop(length: number, what: string): Walk {
  if (length > 0) yield { do: 'drop', length, what };
}

/** As many zeros instead of the next bytes, reported as `what` where they were not zeros before. */
export function* blank(length: number, what: string): Walk {
  if (length > 0) yield { do: 'blank', length, what };
}

/** These bytes reach the output. */
export function* put(...pieces: readonly (Uint8Array | readonly number[])[]): Walk {
  for (const piece of pieces)
    yield { do: 'put', bytes: Array.isArray(piece) ? Uint8Array.from(piece) : (piece as Uint8Array) };
}

/** Whatever follows the end of a picture is nobody's picture. */
export function* dropTheRest(): Walk {
  yield* drop(Number.POSITIVE_INFINITY, 'data after the end');
}
