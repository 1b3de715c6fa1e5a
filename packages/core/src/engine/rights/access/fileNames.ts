import type { World } from '../../world.ts';

/** Names that stay; none of them is what another name becomes. */
const PLAIN = /^(?!.*-[a-z])[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
const CAMEL = /^[a-z0-9]+(?:[A-Z.][a-z0-9]*)*$/;
/** Names of devices, which some systems refuse as names of files. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;
const ENDING = /\.([a-z0-9]{1,8})$/i;
const LONGEST = 80;

/**
 * A text as part of a path that every system takes, such as `api-logs` for `apiLogs`; two texts never become one name,
 * whatever the case that counts there.
 */
export function safeName({ crypto }: Pick<World, 'crypto'>, text: string): string {
  const name = CAMEL.test(text) ? text.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : text;
  const isSafe = (PLAIN.test(text) || (name !== text && !/[.]{2}|[.]-|[.]$/.test(name))) && name.length <= LONGEST;
  if (isSafe && !DEVICE.test(name)) return name;
  const readable = text
    .slice(0, LONGEST)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  return `${readable === '' ? 'x' : readable}-${crypto.sha256(text).slice(0, 16)}`;
}

/** Where a file of a record lies in the package, such as `media/generations/5f…/outputs-file-2.mp4`. */
export function mediaName(
  world: Pick<World, 'crypto'>,
  { collection, record, path, position, key }: MediaPlace,
): string {
  const folder = `media/${safeName(world, collection)}/${safeName(world, record)}`;
  const ending = ENDING.exec(key)?.[1]?.toLowerCase();
  return `${folder}/${safeName(world, path.replaceAll('[]', ''))}-${position}${ending ? `.${ending}` : ''}`;
}

export interface MediaPlace {
  readonly collection: string;
  readonly record: string;
  readonly path: string;
  /** Among the files of this path in the record, from 1 on. */
  readonly position: number;
  readonly key: string;
}

const types: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
};

/** The media type that the ending of a name tells. */
export function mediaTypeOf(name: string): string {
  return types[ENDING.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
