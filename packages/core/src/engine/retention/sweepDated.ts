import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { isOver } from '../../kernel/retention/isOver.ts';
import { strongestHold } from '../../kernel/retention/strongestHold.ts';
import type { CollectionName, Where } from '../ports/recordStore.ts';
import type { Stored, SweepCount } from '../stored.ts';
import type { World } from '../world.ts';
import type { Sweep } from './sweep.ts';

const ROUND = 500;

/** Something of Kept's own that has one date, whatever a rule calls it. */
export type Dated = Stored & { readonly at: Date; readonly subject?: string };

/** A collection of such things. */
export interface DatedRecords {
  readonly name: CollectionName;
  /** How they are called in plans and counts. */
  readonly shown: string;
  readonly category: string;
  readonly where?: Where;
  readonly end: (ids: readonly string[]) => Promise<unknown>;
}

/** Ends those whose time is over, where the rule covers them; answers a count where any are. */
export async function sweepDated(
  world: World,
  { name, shown, category, where = {}, end }: DatedRecords,
  rule: RetentionRule,
  work: Sweep,
): Promise<SweepCount[]> {
  if (!rule.covers.some((word) => covers(word, category))) return [];
  const { zone } = world.policy.controller;
  // Earlier versions may have called the date otherwise.
  const names = [rule, ...(rule.earlier ?? [])].map(({ since = rule.since }) => since);
  const records = world.records.collection<Dated>(name);
  const count = { collection: shown, due: 0, held: 0, erased: 0, files: 0 };
  for (let last = ''; ; ) {
    const after = { ...where, service: world.service, _id: { after: last } };
    const page = await records.find(after, { sort: { _id: 1 }, limit: ROUND });
    const over = page.filter(({ at }) => {
      const anchors = Object.fromEntries(names.map((each) => [each, at]));
      return isOver(rule, { anchors }, zone, work.now, work.aheadMs);
    });
    const free = over.filter(({ subject }) => !strongestHold(work.holds, shown, subject, work.now));
    count.due += over.length;
    count.held += over.length - free.length;
    if (!work.dry && free.length > 0) {
      await end(free.map(({ _id }) => _id));
      count.erased += free.length;
    }
    const next = page.at(-1)?._id;
    if (next === undefined || page.length < ROUND) break;
    last = next;
  }
  return count.due > 0 ? [count] : [];
}
