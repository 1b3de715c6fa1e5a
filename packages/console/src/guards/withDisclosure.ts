import type { Actions } from '../abilities.ts';
import type { DisclosureVisit, StaffVisit } from '../visit.ts';
import { permitted } from './withRecord.ts';

/** Finds the open proposal of a disclosure in the address and hands it over. */
export async function withDisclosure(visit: StaffVisit, action: Actions['Disclosure']): Promise<DisclosureVisit> {
  const { items } = await visit.kept.disclosures.proposals({ status: 'open', limit: 200 });
  const found = items.find(({ _id }) => _id === visit.params.id);

  return { ...visit, proposal: permitted(visit, action, 'Disclosure', found, found?.service === visit.kept.service) };
}
