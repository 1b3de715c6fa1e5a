import { mp3FrameLength } from './mp3FrameLength.ts';
import { begins, code } from './numbersIn.ts';

/** The kinds of media that can be cleaned. */
export type MediaType =
  | 'image/jpeg'
  | 'image/png'
  | 'image/webp'
  | 'image/gif'
  | 'video/mp4'
  | 'video/quicktime'
  | 'audio/mpeg'
  | 'audio/wav';

/** Pictures and raw formats in the same boxes as films: their metadata are items inside of the coded data. */
const NOT_FILMS = new Set([
  ...['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'mif2', 'msf1', 'miaf'],
  ...['crx ', 'jp2 ', 'jpx ', 'jxl '],
]);
/** What QuickTime files from before `ftyp` begin with. */
const OLD_BEGINNINGS = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);

/** How many of the first bytes say what a file is. */
export const TELLING = 16;

/**
 * What a file is, by its first 16 bytes: neither its name nor what somebody says of it counts. Answers nothing for all that
 * `stripMedia` refuses, HEIC and AVIF among it.
 */
export function mediaTypeOf(bytes: Uint8Array): MediaType | undefined {
  if (begins(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  if (begins(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8)) return 'image/webp';
  if (begins(bytes, 'RIFF') && begins(bytes, 'WAVE', 8)) return 'audio/wav';
  if (begins(bytes, 'ID3') || mp3FrameLength(bytes) !== undefined) return 'audio/mpeg';
  if (begins(bytes, 'GIF87a') || begins(bytes, 'GIF89a')) return 'image/gif';
  if (bytes.length < 12) return undefined;
  if (!begins(bytes, 'ftyp', 4)) return OLD_BEGINNINGS.has(code(bytes, 4)) ? 'video/quicktime' : undefined;
  const brand = code(bytes, 8);
  if (NOT_FILMS.has(brand)) return undefined;
  return brand === 'qt  ' ? 'video/quicktime' : 'video/mp4';
}
