import { mediaRefused } from './mediaFault.ts';
import { look, type Walk } from './mediaStep.ts';
import { type MediaType, mediaTypeOf, TELLING } from './mediaType.ts';
import { stripGif } from './stripGif.ts';
import { stripJpeg } from './stripJpeg.ts';
import { type MovieIndex, stripMovie } from './stripMovie.ts';
import { stripMp3 } from './stripMp3.ts';
import { stripPng } from './stripPng.ts';
import { stripWave } from './stripWave.ts';
import { stripWebp } from './stripWebp.ts';

const WALKS: Record<MediaType, (removed: Set<string>, ahead?: MovieIndex) => Walk> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
  'image/gif': stripGif,
  'video/mp4': stripMovie,
  'video/quicktime': stripMovie,
  'audio/mpeg': stripMp3,
  'audio/wav': stripWave,
};

/** What a walk over a file is told and tells. */
export interface Stripping {
  /** What the file is said to be; MEDIA_REFUSED where it is something else. */
  readonly expected?: string;
  readonly ahead?: MovieIndex;
  readonly removed: Set<string>;
  /** Told as soon as it is known. */
  found(type: MediaType): void;
}

/** Finds out what a file is, and cleans it. MEDIA_REFUSED for all that cannot be cleaned. */
export function* stripAny({ expected, ahead, removed, found }: Stripping): Walk {
  const type = mediaTypeOf(yield* look(TELLING));
  if (!type) {
    throw mediaRefused(
      'This is no kind of media that can be cleaned.',
      'Send JPEG, PNG, WebP, GIF, MP4, MOV, MP3 or WAV; convert HEIC, AVIF and others before.',
    );
  }
  if (expected !== undefined && expected !== type) {
    throw mediaRefused(`The file is ${type}, which it is not said to be.`, 'Name the type that the file has.');
  }
  found(type);
  yield* WALKS[type](removed, ahead);
}
