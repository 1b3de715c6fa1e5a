import { createHash } from 'node:crypto';
import type { KeyShape } from '../../kernel/policy/inventory.ts';

/** A key or an address as the host stores it in the records of others. */
export function shapedKey(key: string, as: KeyShape): string {
  if (typeof as === 'object') return `${as.prefix}${key}`;
  if (as === 'lowercase') return key.toLowerCase();
  return createHash('sha256')
    .update(key)
    .digest(as === 'sha256' ? 'hex' : 'base64');
}

/** The key of which that was made, where it can be told. */
export function keyShapedAs(stored: string, as: KeyShape | undefined): string | undefined {
  if (as === undefined) return stored;
  if (typeof as === 'object') return stored.startsWith(as.prefix) ? stored.slice(as.prefix.length) : undefined;
  return as === 'lowercase' ? stored : undefined;
}

/** What hosts commonly make of a key or an address, so that it is recognised where no inventory says so. */
export function commonShapes(key: string): string[] {
  const digests = ['sha256', 'sha1', 'md5'].map((algorithm) => createHash(algorithm).update(key).digest('hex'));
  return [...digests, shapedKey(key, 'sha256-base64')];
}
