import { createHash } from 'node:crypto';
import type { Digest } from '../../engine/world.ts';

/** SHA-256 of bytes that come piece by piece. */
export function digest(): Digest {
  const hash = createHash('sha256');
  return {
    update: (piece) => void hash.update(piece),
    hex: () => hash.digest('hex'),
  };
}
