import { event, fresh, update } from '../aggregate.ts';
import { raiseFinding, resolveFinding } from '../findings/findings.ts';
import { staffInOffice } from '../staff/staffInOffice.ts';
import type { World } from '../world.ts';
import { standing, stopId } from './allowSweep.ts';
import type { StoppedSweep, SweepSignature, SweepStop } from './stoppedSweep.ts';
import type { Sweep } from './sweep.ts';

/** A sweep that would take more than this share of a collection of some size stops: it looks like a mistake. */
const LARGEST_SHARE = 0.5;
const SMALL_COLLECTION = 1_000;

const TOO_LARGE = 'SWEEP_TOO_LARGE';

export interface Weighed {
  /** Why nothing of the collection may go. */
  readonly stopped?: string;
  /** Who let it go although it is that much. */
  readonly allowed: readonly SweepSignature[];
}

/** Whether a sweep may begin with a collection. One that would take too much needs two people, a privacy lead among them. */
export async function weighSweep(world: World, work: Sweep, collection: string, due: number): Promise<Weighed> {
  const { now, rule, redaction } = work;
  // So few are no large share of any collection that is not small: nothing needs to be counted for that.
  if (due <= SMALL_COLLECTION * LARGEST_SHARE) return { allowed: [] };
  const enough = Math.ceil(due / LARGEST_SHARE);
  const total = await world.data.count(collection, enough);
  if (total < SMALL_COLLECTION || total >= enough) return { allowed: [] };

  const allowed = await signaturesFor(world, rule.id, { collection, due, total, at: now });
  if (allowed.length > 0) return { allowed };

  const takes = redaction ? `take fields out of ${due} of ${total} records` : `take ${due} of ${total} records`;
  const text = `The sweep of ${collection} would ${takes} and has stopped.`;
  await raiseFinding(world, { code: TOO_LARGE, about: collection, severity: 'error', text, place: collection }, now);
  return { stopped: text, allowed };
}

/** Ends the stop once a sweep went through, so that what two people allowed happens once. */
export async function endStop(world: World, rule: string, collection: string, run: string, now: Date): Promise<void> {
  const stopped = await world.records.collection<StoppedSweep>('approvals').get(stopId(world, rule));
  if (stopped?.stop?.collection !== collection) return;
  await resolveFinding(world, TOO_LARGE, collection, now);
  await update<StoppedSweep>(world, 'approvals', stopped._id, ({ stop: _, ...each }) => ({
    document: { ...each, signatures: [] },
    events: [event(world, 'SweepStopEnded', now, { rule, collection, run })],
  }));
}

/** Writes down what would go, and answers who allows it; nobody where too few do. They are asked anew whether they are in office. */
async function signaturesFor(world: World, rule: string, stop: SweepStop): Promise<readonly SweepSignature[]> {
  const id = stopId(world, rule);
  const { at, collection, due, total } = stop;
  const seen = event(world, 'SweepStopped', at, { rule, collection, due, total });
  const approvals = world.records.collection<StoppedSweep>('approvals');
  if (await approvals.insert({ ...fresh(world, id, [seen]), rule, stop, signatures: [] })) return [];

  const stopped = await update<StoppedSweep>(world, 'approvals', id, (each) => {
    const same = each.stop?.collection === collection && each.stop.due === due && each.stop.total === total;
    return { document: { ...each, stop }, events: same ? [] : [seen] };
  });
  const roles = new Map((await staffInOffice(world, false)).map((member) => [member._id, member.role]));
  const signed = standing(stopped, stop, at).filter(({ by }) => roles.has(by));
  return signed.length > 1 && signed.some(({ by }) => roles.get(by) === 'lead') ? signed : [];
}
