import { KeptError } from '../keptError.ts';
import type { Spoken } from './writeRules.ts';

/** The error of every write that is not done; the place is a collection and a path, never a value. */
export function writeRefused(
  place: string,
  what: string,
  remedy: string,
  { rule, clause }: Partial<Spoken> = {},
): KeptError {
  const by = [rule, clause].filter(Boolean).join(', ');
  return new KeptError('WRITE_REFUSED', `Nothing was written: ${what}${by === '' ? '' : ` (${by})`}`, {
    place,
    remedy,
  });
}
