import type { Actions } from '../abilities.ts';
import type { FindingVisit, StaffVisit } from '../visit.ts';
import { permitted } from './withRecord.ts';

/** Finds the open finding of the address and hands it over. */
export async function withFinding(visit: StaffVisit, action: Actions['Finding']): Promise<FindingVisit> {
  const findings = await visit.kept.findings.open();
  const found = findings.find(({ _id }) => _id === visit.params.id);

  return { ...visit, finding: permitted(visit, action, 'Finding', found, found?.service === visit.kept.service) };
}
