import type { RemovedFile } from '../../../engine/ports/edges.ts';

/** What became of one name in the bucket. */
export type Fate = Omit<RemovedFile, 'key'>;

export type TellFate = (name: string, fate: Fate) => void;

const WORST: readonly Fate['state'][] = ['absent', 'gone', 'failed', 'denied', 'locked'];

/** Of two locks the one that ends later, or not at all. */
export function worse(one: Fate = { state: 'absent' }, other: Fate = { state: 'absent' }): Fate {
  const by = WORST.indexOf(one.state) - WORST.indexOf(other.state);
  if (by !== 0) return by > 0 ? one : other;
  if (one.until === undefined || other.until === undefined) return one.until === undefined ? one : other;
  return one.until > other.until ? one : other;
}
