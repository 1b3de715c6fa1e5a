import type { RemovedFile } from '../../../engine/ports/edges.ts';
import { isSafeKey } from '../safeKey.ts';
import { abortUploads } from './abortUploads.ts';
import { deleteObjects } from './deleteObjects.ts';
import { type Fate, type TellFate, worse } from './fate.ts';
import { findObjects } from './findObjects.ts';
import type { S3Bucket } from './s3Bucket.ts';
import { keepsVersions } from './s3Settings.ts';

export interface Naming {
  readonly prefix: string;
  readonly derived: readonly string[];
}

/** Removes objects with their renditions: what was begun of them, all versions and all markers. */
export async function removeObjects(
  at: S3Bucket,
  { prefix, derived }: Naming,
  keys: readonly string[],
): Promise<RemovedFile[]> {
  const namesOf = (key: string): string[] =>
    [...derived.map((suffix) => `${key}.${suffix}`), key].map((name) => prefix + name);
  const sound = [...new Set(keys.filter(isSafeKey))];
  if (sound.length === 0) return keys.map((key) => ({ key, ...INVALID }));

  const fates = new Map<string, Fate>();
  const tell: TellFate = (name, fate) => {
    fates.set(name, worse(fates.get(name), fate));
  };
  await abortUploads(at, sound.flatMap(namesOf), tell);
  const found = await findObjects(at, sound.map(namesOf), await keepsVersions(at), tell);
  await deleteObjects(at, found, tell);

  return keys.map((key) => {
    if (!isSafeKey(key)) return { key, ...INVALID };
    const fate = namesOf(key).reduce<Fate>((sum, name) => worse(sum, fates.get(name)), { state: 'absent' });
    // A rendition that was forgotten makes no file of what is not there.
    const own = fates.get(prefix + key)?.state ?? 'absent';
    return { key, ...(fate.state === 'gone' ? { state: own } : fate) };
  });
}

const INVALID: Fate = { state: 'failed', code: 'FILE_KEY_INVALID' };
