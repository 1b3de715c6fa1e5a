import { isKeptError, type MediaType, stripMedia } from '@kept/core';
import { mimeOf } from '../../src/media/pictureKind.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { MediaKind } from './models.ts';

export interface Upload {
  readonly kind: MediaKind;
  /** Ending of the file's key. */
  readonly ending: string;
  readonly bytes: Uint8Array;
}

const kinds: Readonly<Record<MediaType, Pick<Upload, 'kind' | 'ending'>>> = {
  'image/png': { kind: 'image', ending: 'png' },
  'image/jpeg': { kind: 'image', ending: 'jpg' },
  'image/gif': { kind: 'image', ending: 'gif' },
  'image/webp': { kind: 'image', ending: 'webp' },
  'video/mp4': { kind: 'video', ending: 'mp4' },
  'video/quicktime': { kind: 'video', ending: 'mov' },
  'audio/mpeg': { kind: 'audio', ending: 'mp3' },
  'audio/wav': { kind: 'audio', ending: 'wav' },
};

/** What somebody gave, without what it tells beside picture and sound: the place of a photo is neither stored nor sent. */
export function cleanUpload(given: Uint8Array): Upload {
  try {
    const { type, bytes } = stripMedia(given);
    return { ...kinds[type], bytes };
  } catch (error) {
    if (!isKeptError(error) || !error.code.startsWith('MEDIA_')) throw error;
    throw new Refusal(415, 'Please give a whole picture, a film as MP4 or MOV, or a sound as MP3 or WAV.');
  }
}

const mimes: Readonly<Record<string, string>> = {
  ...mimeOf,
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
};

/** The type by a key of ours, which ends in it; a thumbnail is always a GIF. */
export function mimeOfKey(key: string): string {
  return mimes[key.slice(key.lastIndexOf('.') + 1)] ?? 'image/gif';
}
