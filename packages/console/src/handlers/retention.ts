import { openDesk } from '../presenters/desk.ts';
import { presentRetention } from '../presenters/retention.ts';
import type { Outcome, StaffVisit } from '../visit.ts';

const SHOWN = 30;

/** The last sweeps: by rule, in which mode, how many of each collection. */
export async function showRetention(visit: StaffVisit): Promise<Outcome> {
  const runs = await visit.kept.retention.runs(SHOWN);
  return page(presentRetention(runs, undefined, await openDesk(visit)));
}

/** Counts what a sweep would do now. It changes nothing, so the answer is a page and not a redirect. */
export async function countRetention(visit: StaffVisit): Promise<Outcome> {
  const reports = await visit.kept.retention.sweep({ dryRun: true });
  const runs = await visit.kept.retention.runs(SHOWN);
  return page(presentRetention(runs, reports, await openDesk(visit)));
}

function page(model: ReturnType<typeof presentRetention>): Outcome {
  return { view: 'retention', title: 'Retention', model };
}
