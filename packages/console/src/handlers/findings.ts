import { openDesk } from '../presenters/desk.ts';
import { presentFindings } from '../presenters/findings.ts';
import type { FindingVisit, Outcome, StaffVisit } from '../visit.ts';

/** What the engine could not decide or do by itself. */
export async function listFindings(visit: StaffVisit): Promise<Outcome> {
  const findings = await visit.kept.findings.open();
  const model = presentFindings(findings, visit.can, await openDesk(visit));
  return { view: 'findings', title: 'Findings', model };
}

export async function resolveFinding({ kept, finding, staff }: FindingVisit): Promise<Outcome> {
  await kept.findings.resolve(finding._id, staff._id);
  return { redirect: '/findings', flash: 'finding-resolved' };
}
