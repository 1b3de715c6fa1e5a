import type { Kept } from '../kept.ts';
import { dayIn, presentMoment, type When } from './dates.ts';

/** What every presenter needs besides its record: the time, the zone and the names of colleagues. */
export interface Desk {
  readonly now: Date;
  /** YYYY-MM-DD in the zone of the controller. */
  readonly today: string;
  readonly me: string;
  nameOf(staff: string): string;
  when(date: Date): When;
  readonly kept: Kept;
}

/** Reads the names once, so that presenters stay synchronous. */
export async function openDesk(visit: { kept: Kept; now: Date; staff: { _id: string } }): Promise<Desk> {
  const { kept, now, staff } = visit;
  const { zone } = kept.policy.controller;
  // What the engine does by itself is signed with the name of the service.
  const names = new Map([
    [kept.service, kept.policy.controller.name],
    ['kept', 'Kept'],
  ]);
  for (const { _id, name } of await kept.staff.list()) names.set(_id, name);
  return {
    kept,
    now,
    me: staff._id,
    today: dayIn(zone, now),
    nameOf: (id) => names.get(id) ?? id,
    when: (date) => presentMoment(date, zone, now),
  };
}
