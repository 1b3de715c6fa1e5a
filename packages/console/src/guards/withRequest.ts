import type { Actions } from '../abilities.ts';
import type { RequestVisit, StaffVisit } from '../visit.ts';
import { permitted } from './withRecord.ts';

/** Finds the rights request of the address and hands it over. */
export async function withRequest(visit: StaffVisit, action: Actions['Request']): Promise<RequestVisit> {
  const found = await visit.kept.requests.get(visit.params.id ?? '');

  return { ...visit, request: permitted(visit, action, 'Request', found) };
}
