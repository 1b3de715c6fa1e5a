import type { SweepReport } from '../kept.ts';
import { openDesk } from '../presenters/desk.ts';
import { PAGE_SIZE, presentRetention } from '../presenters/retention.ts';
import type { Outcome, StaffVisit } from '../visit.ts';
import { pageOf } from './pageOf.ts';

/** The rules and how their last sweep went; below them the sweeps that erased something or stopped. */
export function showRetention(visit: StaffVisit): Promise<Outcome> {
  return page(visit, undefined);
}

/** Counts what a sweep would do now. It changes nothing, so the answer is a page and not a redirect. */
export async function countRetention(visit: StaffVisit): Promise<Outcome> {
  return page(visit, await visit.kept.retention.sweep({ dryRun: true }));
}

async function page(visit: StaffVisit, due: readonly SweepReport[] | undefined): Promise<Outcome> {
  const { kept, query } = visit;
  const at = pageOf(query.page);
  const [rules, sweeps, desk] = await Promise.all([
    Promise.all(
      kept.policy.retention.map(async (rule) => {
        const [[last], [notable]] = await Promise.all([
          kept.retention.runs({ rule: rule.id, limit: 1 }),
          kept.retention.runs({ rule: rule.id, notable: true, limit: 1 }),
        ]);
        return { rule, last, notable };
      }),
    ),
    kept.retention.runs({ notable: true, skip: (at - 1) * PAGE_SIZE, limit: PAGE_SIZE + 1 }),
    openDesk(visit),
  ]);
  return { view: 'retention', title: 'Retention', model: presentRetention(rules, sweeps, at, due, desk) };
}
