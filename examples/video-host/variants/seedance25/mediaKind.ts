import { mimeOf, pictureKind } from '../../src/media/pictureKind.ts';
import type { MediaKind } from './models.ts';

export interface FoundKind {
  readonly kind: MediaKind;
  /** Ending of the file's key. */
  readonly ending: string;
}

const others: readonly (readonly [MediaKind, string, RegExp])[] = [
  ['video', 'mp4', /^.{4}ftyp/s],
  ['audio', 'mp3', /^(ID3|\xff[\xf2\xf3\xfb])/],
  ['audio', 'wav', /^RIFF.{4}WAVE/s],
  ['audio', 'ogg', /^OggS/],
];

const mimes: Readonly<Record<string, string>> = {
  ...mimeOf,
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
};

/** Tells an uploaded picture, film or sound by its first bytes; undefined for anything else. */
export function mediaKind(bytes: Uint8Array): FoundKind | undefined {
  const picture = pictureKind(bytes);
  if (picture) return { kind: 'image', ending: picture };
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  const found = others.find(([, , sign]) => sign.test(head));
  return found && { kind: found[0], ending: found[1] };
}

/** The type by a key of ours, which ends in it; a thumbnail is always a GIF. */
export function mimeOfKey(key: string): string {
  return mimes[key.slice(key.lastIndexOf('.') + 1)] ?? 'image/gif';
}
