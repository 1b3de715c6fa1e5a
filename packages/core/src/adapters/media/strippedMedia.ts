import { Duplex } from 'node:stream';
import type { ByteStream, MediaStripper } from '../../engine/ports/mediaStripper.ts';
import { mediaStripper } from './mediaStripper.ts';
import type { MediaType } from './mediaType.ts';
import { stripMedia } from './stripMedia.ts';

/** The engine's way to strip files. Throws as `stripMedia` does. */
export const strippedMedia: MediaStripper = {
  strip: stripMedia,
  stream: (type) => Duplex.toWeb(mediaStripper(type as MediaType)) as ByteStream,
};
