import { Transform } from 'node:stream';
import type { MediaType } from './mediaType.ts';
import { stripAny } from './stripAny.ts';
import type { MovieIndex } from './stripMovie.ts';
import { walkMedia } from './walkMedia.ts';

export const HOLD_AT_MOST: number = 64 * 1024 * 1024;

export interface StripperOptions {
  /** How many bytes may be held in memory, 64 MB where nothing is said. */
  readonly holdAtMost?: number;
  /** The index of the film that will flow through, from `movieIndexOf`; MEDIA_INVALID where it comes with another one. */
  readonly ahead?: MovieIndex | undefined;
}

/** A stream that cleans what flows through it. */
export interface StripperStream extends Transform {
  /** What the file is, once its first 16 bytes were seen. */
  readonly mediaType: MediaType | undefined;
  /** What was taken out until now, in order of the alphabet. */
  readonly removed: readonly string[];
}

/**
 * `stripMedia` as a stream. JPEG, PNG, GIF, MP3, WAV, fragmented films and films that begin with their index flow through, whatever their
 * length; held are single segments, the index of a film and of each fragment, a WebP as a whole, and a film whose data come
 * before its index. Where that is more than `holdAtMost`, the stream fails with MEDIA_TOO_LARGE_INVALID before anything that
 * was not judged has left it; with `ahead` such films flow, too.
 *
 * A stream that fails may have given out the beginning of a file: use nothing of it. Fails as `stripMedia` throws, and with
 * MEDIA_REFUSED where the file is not of the `type` that is stated.
 */
export function mediaStripper(
  type?: string,
  { holdAtMost = HOLD_AT_MOST, ahead }: StripperOptions = {},
): StripperStream {
  const removed = new Set<string>();
  let mediaType: MediaType | undefined;
  const found = (is: MediaType): void => {
    mediaType = is;
  };
  const walk = walkMedia(
    stripAny({ removed, found, ...(type && { expected: type }), ...(ahead && { ahead }) }),
    removed,
    holdAtMost,
  );

  const stream = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      give(() => walk.push(chunk), done);
    },
    flush(done) {
      give(() => walk.end(), done);
    },
  });
  const give = (ready: () => Uint8Array[], done: (error?: Error) => void): void => {
    try {
      for (const bytes of ready()) stream.push(bytes);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
  return Object.defineProperties(stream, {
    mediaType: { get: () => mediaType },
    removed: { get: () => [...removed].sort() },
  }) as StripperStream;
}
