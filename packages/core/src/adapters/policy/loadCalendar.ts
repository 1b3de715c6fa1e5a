import { readFile } from 'node:fs/promises';
import { type Calendar, compileCalendar } from '../../kernel/clock/calendar.ts';
import type { Regime } from '../../kernel/clock/regime.ts';
import { policyFile, policyFileIds } from './policyFile.ts';

const FOLDER = 'regimes/calendars';

/** The public holidays of a country or state, such as `DE`, `GB-ENG` or `US-CA`. Throws POLICY_FILE_NOT_FOUND, CALENDAR_INVALID. */
export async function loadCalendar(id: string): Promise<Calendar> {
  const path = await policyFile('calendar', FOLDER, id, '.json');
  return compileCalendar(JSON.parse(await readFile(path, 'utf8')));
}

/**
 * The holidays that count under a law for a controller in `country`: those of its own country where the law is one of
 * several countries (Regulation 1182/71, Article 2(1): where the action is taken), else those that the law names.
 * Throws CALENDAR_INVALID.
 */
export async function loadCalendarFor(regime: Regime, country: string): Promise<Calendar> {
  const own = regime.residents.includes(country) && (await policyFileIds(FOLDER, '.json')).includes(country);
  return loadCalendar(own ? country : regime.calendar);
}
