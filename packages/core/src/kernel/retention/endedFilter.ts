import type { Collection } from '../policy/inventory.ts';
import type { Bounded, RetentionRule } from '../policy/policy.ts';
import { type CutOff, cutOff, widest } from './cutOff.ts';
import { ceilingsOf, earlierRule, startsOf, statutoryFloor } from './recordLimit.ts';
import type { Filter } from './retentionFilter.ts';

/** Conditions that must all hold of a record that the rule has ended; where its owner counts too, for some owner. */
export function endedFilter(
  rule: RetentionRule,
  { anchors }: Collection,
  zone: string,
  now: Date,
  aheadMs: number,
): Filter[] {
  const early = new Date(now.getTime() + aheadMs);
  const fieldOf = (anchor: string): string => anchors[anchor] ?? anchor;
  const since = fieldOf(rule.since);
  const floor = (period: string): Filter => before(since, cutOff(period, rule.keep.fromEndOf, 'floor', zone, now));

  const reading = (of: RetentionRule): Filter[] => {
    const { keep, otherwise } = of;
    const start = fieldOf(of.since);
    const widestCut = widest(ceilingsOf(of).map((period) => cutOff(period, keep.fromEndOf, 'ceiling', zone, early)));
    const byAnchor = [
      ...(widestCut === undefined ? [] : [before(start, widestCut)]),
      ...(keep.atLeast === undefined ? [] : [before(start, cutOff(keep.atLeast, keep.fromEndOf, 'floor', zone, now))]),
    ];
    if (otherwise === undefined) return byAnchor;
    const cut = cutOff(otherwise.keep, undefined, 'ceiling', zone, early);
    return [{ $or: [both(byAnchor), both([undated(start), before(fieldOf(otherwise.since), cut)])] }];
  };

  const earlier = (rule.earlier ?? []).map((promise) => {
    const statutory = statutoryFloor(rule);
    const change = { at: new Date(promise.before), inclusive: false };
    const starts = startsOf(rule, promise);
    return both([
      ...reading(earlierRule(rule, promise)),
      ...(statutory === undefined ? [] : [{ $or: [floor(statutory), undated(since)] }]),
      ...(rule.openEnded ? [] : [either(starts.map((anchor) => before(fieldOf(anchor), change)))]),
    ]);
  });
  const conditions = earlier.length === 0 ? reading(rule) : [either([both(reading(rule)), ...earlier])];
  return rule.grace === undefined ? conditions : [...conditions, graceOver(rule.grace, fieldOf, zone, now)];
}

function graceOver({ since, keep }: Bounded, fieldOf: (anchor: string) => string, zone: string, now: Date): Filter {
  const { at, inclusive } = cutOff(keep, undefined, 'floor', zone, now);
  return { [fieldOf(since)]: { $not: inclusive ? { $gt: at } : { $gte: at } } };
}

/** Compares with dates only: a missing or mistyped anchor is never due. */
function before(field: string, { at, inclusive }: CutOff): Filter {
  return { [field]: inclusive ? { $lte: at } : { $lt: at } };
}

function undated(field: string): Filter {
  return { [field]: { $not: { $type: 'date' } } };
}

export function both(conditions: readonly Filter[]): Filter {
  return conditions.length === 1 ? (conditions[0] ?? {}) : { $and: [...conditions] };
}

function either(conditions: readonly Filter[]): Filter {
  return conditions.length === 1 ? (conditions[0] ?? {}) : { $or: [...conditions] };
}
