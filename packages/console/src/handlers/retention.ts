import { z } from 'zod';
import type { SweepReport } from '../kept.ts';
import { openDesk } from '../presenters/desk.ts';
import { PAGE_SIZE, presentRetention } from '../presenters/retention.ts';
import { presentStops } from '../presenters/stops.ts';
import type { Outcome, StaffVisit, StopVisit } from '../visit.ts';
import { pageOf } from './pageOf.ts';
import { readForm, typed } from './readForm.ts';

const allowed = z.object({
  reason: typed.max(500, 'is longer than 500 characters'),
  collection: typed,
  due: z.coerce.number(),
});

/** The rules and how their last sweep went; below them the sweeps that erased something or stopped. */
export function showRetention(visit: StaffVisit): Promise<Outcome> {
  return page(visit, undefined);
}

/** Counts what a sweep would do now. It changes nothing, so the answer is a page and not a redirect. */
export async function countRetention(visit: StaffVisit): Promise<Outcome> {
  return page(visit, await visit.kept.retention.sweep({ dryRun: true }));
}

/** The form carries the counts that were looked at: the engine refuses where they have changed since. */
export async function allowSweep({ kept, stopped, staff, form }: StopVisit): Promise<Outcome> {
  const { reason, ...seen } = readForm(allowed, form);
  await kept.retention.allow(stopped.rule, staff._id, reason, seen);
  return { redirect: '/retention', flash: 'sweep-allowed' };
}

async function page(visit: StaffVisit, due: readonly SweepReport[] | undefined): Promise<Outcome> {
  const { kept, query, can } = visit;
  const at = pageOf(query.page);
  const [rules, sweeps, stops, desk] = await Promise.all([
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
    kept.retention.stops(),
    openDesk(visit),
  ]);
  const model = { ...presentRetention(rules, sweeps, at, due, desk), stops: presentStops(stops, can, desk) };
  return { view: 'retention', title: 'Retention', model };
}
