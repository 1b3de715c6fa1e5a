export type PictureKind = 'png' | 'jpg' | 'gif' | 'webp';

export const mimeOf: Readonly<Record<PictureKind, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** Tells a picture by its first bytes; what a browser claims about an upload is not asked. */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('\xff\xd8\xff')) return 'jpg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'webp';
  return undefined;
}

/** The kind by a key of ours, which ends in it; a thumbnail is always a GIF. */
export function mimeOfKey(key: string): string {
  return mimeOf[key.slice(key.lastIndexOf('.') + 1) as PictureKind] ?? 'image/gif';
}
