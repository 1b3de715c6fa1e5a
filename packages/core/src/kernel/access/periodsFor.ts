import { periodsOf } from '../notice/retentionSection.ts';
import type { Category, RetentionRule } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { dueAt } from '../retention/dueAt.ts';
import type { HeldCollection } from './accessReport.ts';
import { holdersOf } from './categorySection.ts';
import type { ReportTeller } from './reportTeller.ts';

/** How long a category is kept, in words, and the days that this comes to for what is held of this person. */
export function periodsFor({ name }: Category, teller: ReportTeller): string[] {
  const rules = teller.policy.retention.filter((rule) => rule.covers.some((word) => covers(word, name)));
  const holders = holdersOf(teller, name);
  return rules.flatMap((rule) => [
    ...periodsOf(rule, teller),
    ...new Set(
      holders.filter(({ collection }) => governs(rule, collection)).flatMap((held) => endsOf(rule, held, teller)),
    ),
  ]);
}

function governs({ id }: RetentionRule, { retention, redactions = [] }: HeldCollection['collection']): boolean {
  return retention === id || redactions.some(({ rule }) => rule === id);
}

function endsOf(
  rule: RetentionRule,
  { oldest, newest }: HeldCollection,
  { policy, facts, tell, dayOf }: ReportTeller,
): string[] {
  const tier = rule.tiers && facts.traits[rule.tiers.of];
  const due = (anchors: Readonly<Record<string, Date | undefined>>): Date | undefined =>
    dueAt(rule, { anchors, ...facts.owner, ...(tier !== undefined && { tier }) }, policy.controller.zone);
  const bound = rule.keep.atMost === undefined ? 'floor' : 'ceiling';
  const isFree = oldest !== undefined && !(rule.unless !== undefined && oldest.predicates[rule.unless]);
  const first = isFree ? due(oldest.anchors) : undefined;
  // What lifts the rule from a record may lift it from the newest one.
  const last = newest !== undefined && rule.unless === undefined ? due({ [rule.since]: newest }) : undefined;
  if (first && last && dayOf(first) === dayOf(last)) return [tell(['ends', bound, 'all'], { day: dayOf(last) })];
  return [
    ...(first ? [tell(['ends', bound, 'oldest'], { day: dayOf(first) })] : []),
    ...(last ? [tell(['ends', bound, 'newest'], { day: dayOf(last) })] : []),
  ];
}
