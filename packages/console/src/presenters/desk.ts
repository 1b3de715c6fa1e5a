import type { Kept } from '../kept.ts';
import { dayIn, presentDay, presentMoment, type When } from './dates.ts';

/** What every presenter needs besides its record: the time, the zone and the names of colleagues. */
export interface Desk {
  readonly now: Date;
  /** YYYY-MM-DD in the zone of the controller. */
  readonly today: string;
  readonly me: string;
  nameOf(staff: string): string;
  /** Whether a person of the house stands behind this id; the engine signs with the name of the service. */
  isStaff(id: string): boolean;
  isLead(id: string): boolean;
  when(date: Date): When;
  /** The calendar day of a moment, where the controller is. */
  day(date: Date): When;
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
  const members = await kept.staff.list();
  for (const { _id, name } of members) names.set(_id, name);
  const today = dayIn(zone, now);
  return {
    kept,
    now,
    me: staff._id,
    today,
    nameOf: (id) => names.get(id) ?? id,
    isStaff: (id) => members.some(({ _id }) => _id === id),
    isLead: (id) => members.some(({ _id, role }) => _id === id && role === 'lead'),
    when: (date) => presentMoment(date, zone, now),
    day: (date) => presentDay(dayIn(zone, date), today),
  };
}
