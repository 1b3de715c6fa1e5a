import { readFile } from 'node:fs/promises';
import { type Calendar, compileCalendar } from '../../kernel/clock/calendar.ts';
import { policyFile } from './policyFile.ts';

/** The public holidays of a country, such as `DE` or `GB-ENG`. Throws POLICY_FILE_NOT_FOUND, CALENDAR_INVALID. */
export async function loadCalendar(id: string): Promise<Calendar> {
  const path = await policyFile('calendar', 'regimes/calendars', id, '.json');
  return compileCalendar(JSON.parse(await readFile(path, 'utf8')));
}
