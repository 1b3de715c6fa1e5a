import { KeptError } from '../../kernel/keptError.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import { recordView } from '../views/recordView.ts';
import type { World } from '../world.ts';
import type { StatedPurpose } from './statedPurpose.ts';

/** What a read would show of one person. */
export interface StaffLook {
  readonly owner: string;
  readonly fields: readonly string[];
  /** String forms of the records' keys. */
  readonly records: readonly string[];
}

/** As many people as one reason can be about. */
const MOST_OWNERS = 100;

/**
 * Whether values are shown as they are: to staff in office only with a reason, which is on record for each person before
 * anything is shown; to everybody else always. Throws APPROVAL_REFUSED, READ_REFUSED, REASON_INVALID.
 */
export async function recordStaffRead(
  world: World,
  collection: string,
  { purpose, reader }: StatedPurpose,
  looks: readonly StaffLook[],
): Promise<boolean> {
  if (reader === undefined || !('by' in reader)) return true;
  const { by, reason } = reader;
  await demandOffice(world, by, collection);
  if (reason === undefined) return false;
  if (looks.length > MOST_OWNERS) {
    throw new KeptError('READ_REFUSED', `One reason is given for the records of more than ${MOST_OWNERS} people`, {
      place: collection,
      remedy: 'Narrow the query, or read without a reason and see masked values.',
    });
  }

  for (const { owner: subject, fields, records } of looks) {
    const record = records.length === 1 ? records[0] : undefined;
    const asked = { by, subject, collection, fields, purpose, reason, ...(record && { record }) };
    const { decision } = await recordView(world, asked);
    if (decision.outcome === 'permitted') continue;
    throw new KeptError('READ_REFUSED', 'Staff may not look at some of these records', {
      place: collection,
      remedy: 'Ask again: something was decided anew in between.',
    });
  }
  return true;
}
