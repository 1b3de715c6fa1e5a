import { readFileSync } from 'node:fs';
import { loadRegime, loadRegimes } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { type Calendar, compileCalendar } from '../../../packages/core/src/kernel/clock/calendar.ts';
import {
  type Clock,
  type ClockEvents,
  deadlines,
  type Promises,
} from '../../../packages/core/src/kernel/clock/deadlines.ts';
import { instantOf } from '../../../packages/core/src/kernel/clock/localDate.ts';
import type { Regime } from '../../../packages/core/src/kernel/clock/regime.ts';

export const REGIMES: URL = new URL('../../../policies/regimes/', import.meta.url);

export const regimes: readonly Regime[] = await loadRegimes();
export const gdpr: Regime = await loadRegime('eu-gdpr');

export function calendarOf(id: string): Calendar {
  return compileCalendar(JSON.parse(readFileSync(new URL(`calendars/${id}.json`, REGIMES), 'utf8')));
}

export const germany: Calendar = calendarOf('DE');
export const thirtyDays: Promises = { respondWithin: 'P30D', clause: 'sdance-ai.contact.thirty-days' };

/** The clock of a German controller for something received on this local day or at this instant. */
export function clockOf(
  received: string,
  { calendar = germany, promises = {}, regime = gdpr, zone = 'Europe/Berlin', ...events }: SceneOptions = {},
): Clock {
  return deadlines(regime, promises, { ...events, receivedAt: instantOf(received, zone), zone }, calendar);
}

/** The clock under any law, with the calendar that the law names and a controller in a zone of it. */
export function clockUnder(
  regime: string,
  received: string,
  { calendar, ...events }: Partial<Omit<ClockEvents, 'receivedAt'>> & { calendar?: string } = {},
): Clock {
  const found = regimes.find(({ id }) => id === regime);
  if (found === undefined) throw new Error(`There is no regime ${regime}`);
  return clockOf(received, { regime: found, calendar: calendarOf(calendar ?? found.calendar), ...events });
}

type SceneOptions = Partial<Omit<ClockEvents, 'receivedAt'>> & {
  calendar?: Calendar;
  promises?: Promises;
  regime?: Regime;
};
