import type { Actions } from '../abilities.ts';
import type { StaffVisit, StopVisit } from '../visit.ts';
import { permitted } from './withRecord.ts';

/** Finds the stopped sweep of the rule in the address and hands it over. */
export async function withStop(visit: StaffVisit, action: Actions['Stop']): Promise<StopVisit> {
  const stops = await visit.kept.retention.stops();
  const found = stops.find(({ rule }) => rule === visit.params.rule);

  return { ...visit, stopped: permitted(visit, action, 'Stop', found, found?.service === visit.kept.service) };
}
