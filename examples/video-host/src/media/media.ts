import type { Readable } from 'node:stream';

/** The part of a file store that the app uses; `diskFiles` of `@kept/core` is one. */
export interface Media {
  put(key: string, bytes: Uint8Array): Promise<unknown>;
  read(key: string): Promise<Readable>;
  has(key: string): Promise<boolean>;
  /** Removes files with their thumbnails. */
  remove(keys: readonly string[]): Promise<unknown>;
}

/** Reads a whole file; ours are small. */
export async function bytesOf(media: Media, key: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await media.read(key)) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

export const thumbnailOf = (key: string): string => `${key}.thumbnail`;
