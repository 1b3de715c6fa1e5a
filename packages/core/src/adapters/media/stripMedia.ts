import { isUint8Array } from 'node:util/types';
import { mediaRefused } from './mediaFault.ts';
import type { MediaType } from './mediaType.ts';
import { stripAny } from './stripAny.ts';
import { walkMedia } from './walkMedia.ts';

/** A file without what it told beside its pictures and sound. */
export interface StrippedMedia {
  readonly type: MediaType;
  /** Bytes of its own; the ones handed in are as they were. */
  readonly bytes: Uint8Array;
  /** What was taken out, in order of the alphabet: `EXIF`, `GPS`, `ICC` (the texts of a colour profile), `IPTC`, `XMP`, `comment`, `time`, … */
  readonly removed: readonly string[];
}

/**
 * Takes out of JPEG, PNG, WebP, GIF, MP4, MOV, MP3 and WAV all that is neither picture nor sound: EXIF, GPS, XMP, IPTC, comments,
 * thumbnails, maker notes, texts of colour profiles, names, times, tracks of timed metadata and of text, and what lies between
 * parts or behind the end. Coded pictures and sound stay byte for byte, and with them whatever their encoder wrote inside.
 * Of EXIF the orientation stays, and nothing else. What was clean comes out as it went in, with nothing `removed`.
 *
 * Throws MEDIA_REFUSED for any other type and for parts that cannot be judged (unknown codecs, encrypted films),
 * MEDIA_INVALID for files that are cut off or contradict themselves.
 */
export function stripMedia(bytes: Uint8Array): StrippedMedia {
  if (!isUint8Array(bytes)) throw mediaRefused('There are no bytes to clean.', 'Hand in a Uint8Array or a Buffer.');
  const removed = new Set<string>();
  let type: MediaType | undefined;
  const found = (is: MediaType): void => {
    type = is;
  };
  const walk = walkMedia(stripAny({ removed, found }), removed, Number.POSITIVE_INFINITY);
  const out = Buffer.concat([...walk.push(bytes), ...walk.end()]);
  return { type: type as MediaType, bytes: out, removed: [...removed].sort() };
}
