import { KeptError } from '../../kernel/keptError.ts';
import { event, update } from '../aggregate.ts';
import { staffInOffice } from '../staff/staffInOffice.ts';
import type { World } from '../world.ts';
import type { StoppedSweep, SweepSignature, SweepStop } from './stoppedSweep.ts';

/** A day has four sweeps: time enough for a second person, too little for a signature to be forgotten. */
const STANDS_MS = 24 * 3_600_000;

/** What comes due within that day is a small part of what stands there; a tenth more is no longer what was looked at. */
const LARGEST_GROWTH = 1.1;

/** The one document of a rule's stops. */
export function stopId(world: World, rule: string): string {
  return `sweep:${world.service}:${rule}`;
}

/**
 * Signs for what the rule's last sweep was stopped at: its collection and its count, for 24 hours. With `seen`, only
 * where it is still the same. Throws SWEEP_CONFLICT (nothing is stopped, something else is, or signed already),
 * APPROVAL_REFUSED and REASON_INVALID.
 */
export async function allowSweep(
  world: World,
  rule: string,
  by: string,
  reason: string,
  seen?: Pick<SweepStop, 'collection' | 'due'>,
): Promise<StoppedSweep> {
  const now = world.clock.now();
  const place = `retention rule ${rule}`;
  if (!reason.trim()) {
    const remedy = 'Say why so much may go: others read it later.';
    throw new KeptError('REASON_INVALID', 'A signature names its reason', { place, remedy });
  }
  const staff = await staffInOffice(world, false);
  if (!staff.some((member) => member._id === by)) {
    const remedy = 'Sign with the id of a staff member of this service.';
    throw new KeptError('APPROVAL_REFUSED', 'Only staff in office may allow a sweep', { place, remedy });
  }
  const stopped = await world.records.collection<StoppedSweep>('approvals').get(stopId(world, rule));
  if (!stopped?.stop) throw conflict(place, 'No sweep of this rule is stopped', 'Look at the retention page.');

  return update<StoppedSweep>(world, 'approvals', stopped._id, (each) => {
    const { stop } = each;
    if (!stop || (seen && (seen.collection !== stop.collection || seen.due !== stop.due)))
      throw conflict(place, 'What is stopped has changed since', 'Look at the new counts and decide on those.');
    const others = standing(each, stop, now);
    if (others.some((signature) => signature.by === by))
      throw conflict(place, 'You have signed for this already', 'A second person must sign.');

    const { collection, due, total } = stop;
    const signature: SweepSignature = { by, at: now, reason: reason.trim(), collection, due };
    const signed = event(world, 'SweepAllowed', now, { rule, by, reason: signature.reason, collection, due, total });
    return { document: { ...each, signatures: [...others, signature] }, events: [signed] };
  });
}

/** The signatures that count for this stop at this moment. */
export function standing({ signatures }: StoppedSweep, stop: SweepStop, now: Date): SweepSignature[] {
  return signatures.filter(
    ({ at, collection, due }) =>
      now.getTime() - at.getTime() < STANDS_MS && collection === stop.collection && stop.due <= due * LARGEST_GROWTH,
  );
}

function conflict(place: string, message: string, remedy: string): KeptError {
  return new KeptError('SWEEP_CONFLICT', message, { place, remedy });
}
