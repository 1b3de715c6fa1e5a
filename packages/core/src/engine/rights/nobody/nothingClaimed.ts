import type { Claimed } from '../executor.ts';

/** @param isFound whether something of the person is there now, which was not when the request was carried out */
export function nothingClaimed(isFound: boolean): Claimed {
  return isFound
    ? { claims: [], notClaimed: ['That nothing is held which the right covers: something has come since.'] }
    : { claims: [{ what: 'nothing-found' }], notClaimed: [] };
}
