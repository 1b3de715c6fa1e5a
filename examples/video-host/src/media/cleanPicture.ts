import { isKeptError, stripMedia } from '@kept/core';
import { Refusal } from '../web/refusal.ts';
import { type PictureKind, pictureKind } from './pictureKind.ts';

export interface Picture {
  readonly kind: PictureKind;
  readonly bytes: Uint8Array;
}

/** What somebody gave, without what it tells beside the picture: where a photo was taken is neither stored nor sent. */
export function cleanPicture(given: Uint8Array | undefined): Picture {
  const kind = given && pictureKind(given);
  if (!kind) throw new Refusal(415, 'Please give a picture as PNG, JPEG, GIF or WebP.');
  try {
    return { kind, bytes: stripMedia(given).bytes };
  } catch (error) {
    if (!isKeptError(error) || !error.code.startsWith('MEDIA_')) throw error;
    throw new Refusal(415, 'That picture is broken. Please give another one.');
  }
}
