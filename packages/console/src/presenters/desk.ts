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
  /** The words for an outcome of a category or rule id. */
  readonly kept: Kept;
}

/** Reads the names once, so that presenters stay synchronous. */
export async function openDesk(visit: { kept: Kept; now: Date; staff: { _id: string } }): Promise<Desk> {
  const { kept, now, staff } = visit;
  const { zone } = kept.policy.controller;
  const names = new Map((await kept.staff.list()).map(({ _id, name }) => [_id, name]));
  return {
    kept,
    now,
    me: staff._id,
    today: dayIn(zone, now),
    nameOf: (id) => names.get(id) ?? id,
    when: (date) => presentMoment(date, zone, now),
  };
}
