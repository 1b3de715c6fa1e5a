import type { Purpose } from './policy.ts';

/** Of purposes that all include the same word, the one that says the most of it. */
export function narrowest(purposes: readonly Purpose[]): Purpose | undefined {
  return purposes.reduce<Purpose | undefined>(
    (best, one) => (best && best.name.length >= one.name.length ? best : one),
    undefined,
  );
}
