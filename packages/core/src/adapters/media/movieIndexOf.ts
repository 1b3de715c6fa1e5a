import { boxHead } from './boxes.ts';
import { mediaInvalid, mediaTooLarge } from './mediaFault.ts';
import { HOLD_AT_MOST, type StripperOptions } from './mediaStripper.ts';
import { mediaTypeOf, TELLING } from './mediaType.ts';
import { type MovieIndex, movieIndex } from './stripMovie.ts';

/** A stored file that can be read from any place: a file on disk, an object read by ranges. */
export interface MediaSource {
  /** Bytes of the whole. */
  readonly size: number;
  /** The bytes from `at` on, `length` of them; fewer only at the end. */
  read(at: number, length: number): Promise<Uint8Array>;
}

/** Films have a handful of boxes before their index, unless somebody made them to keep us busy. */
const MOST_BOXES = 64;

/**
 * The index of a stored film, wherever in the file it is, to be handed to `mediaStripper` as `ahead`: so films of any length
 * flow through it, also those whose index comes last, as phones write them. Answers nothing for other media and where no index
 * is found. Throws MEDIA_REFUSED, MEDIA_INVALID and MEDIA_TOO_LARGE_INVALID (an index longer than `holdAtMost`).
 */
export async function movieIndexOf(
  source: MediaSource,
  { holdAtMost = HOLD_AT_MOST }: Pick<StripperOptions, 'holdAtMost'> = {},
): Promise<MovieIndex | undefined> {
  if (!mediaTypeOf(await readAt(source, 0, TELLING))?.startsWith('video/')) return undefined;
  let at = 0;
  for (let boxes = 0; boxes < MOST_BOXES && at < source.size; boxes += 1) {
    const box = boxHead(await readAt(source, at, 16));
    if (!box) return undefined;
    if (box.type !== 'moov') {
      at += box.length;
      continue;
    }
    if (box.length > holdAtMost) throw mediaTooLarge(holdAtMost);
    const moov = await readAt(source, at, box.length);
    if (moov.length < box.length) throw mediaInvalid('The file ends in the middle.');
    return movieIndex(moov.subarray(box.head));
  }
  return undefined;
}

function readAt(source: MediaSource, at: number, length: number): Promise<Uint8Array> {
  return source.read(at, Math.max(0, Math.min(length, source.size - at)));
}
