import { KeptError } from '../../kernel/keptError.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { World } from '../world.ts';
import type { StatedPurpose } from './statedPurpose.ts';

/** As many people as one reason can be about. */
const MOST_OWNERS = 100;

/**
 * Whether values are shown as they are: to staff in office only with a reason, which is recorded for each owner before
 * anything is shown; to everybody else always. Throws APPROVAL_REFUSED, READ_REFUSED, REASON_INVALID.
 */
export async function recordStaffRead(
  world: World,
  collection: string,
  { reader }: StatedPurpose,
  owners: readonly string[],
): Promise<boolean> {
  if (reader === undefined || !('by' in reader)) return true;
  await demandOffice(world, reader.by, collection);
  if (reader.reason === undefined) return false;
  if (new Set(owners).size > MOST_OWNERS) {
    throw new KeptError('READ_REFUSED', `One reason is given for the records of more than ${MOST_OWNERS} people`, {
      place: collection,
      remedy: 'Narrow the query, or read without a reason and see masked values.',
    });
  }
  return true;
}
