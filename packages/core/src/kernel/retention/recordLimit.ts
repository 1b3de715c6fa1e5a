import type { RetentionRecord } from '../decision.ts';
import type { EarlierPromise, RetentionRule } from '../policy/policy.ts';
import { type Bound, endOf } from './endOf.ts';

export type Anchors = RetentionRecord['anchors'];

/** What the end of a record depends on. */
export type RecordFacts = Pick<RetentionRecord, 'anchors' | 'tier' | 'owner' | 'accepted'>;

/** The end of one record, as the rule's parts set it: all of them must have come, or any of them. */
export type RecordLimit =
  | { readonly at: Date; readonly bound: Bound }
  | { readonly all: readonly RecordLimit[] }
  | { readonly any: readonly RecordLimit[] };

/** What the rule and the earlier promises that still bind the owner say of a record; undefined without an anchor. */
export function recordLimit(rule: RetentionRule, facts: RecordFacts, zone: string): RecordLimit | undefined {
  const readings = [
    readingOf(rule, facts, zone),
    ...(rule.earlier ?? [])
      .filter((promise) => stillBinds(rule, promise, facts))
      .map((promise) => earlierReading(rule, promise, facts, zone)),
  ].filter((one) => one !== undefined);
  return readings.length > 1 ? { any: readings } : readings[0];
}

/** Whether more than the record itself decides: the plan of its owner, or what its owner has accepted. */
export function dependsOnOwner({ tiers, earlier = [] }: RetentionRule): boolean {
  return tiers !== undefined || earlier.length > 0;
}

/** The rule as an earlier version had it. */
export function earlierRule({ earlier: _, ...rule }: RetentionRule, promise: EarlierPromise): RetentionRule {
  const { since = rule.since, tiers = rule.tiers, otherwise = rule.otherwise } = promise;
  const { tiers: _tiers, otherwise: _otherwise, ...rest } = rule;
  return { ...rest, since, keep: promise.keep, ...(tiers && { tiers }), ...(otherwise && { otherwise }) };
}

/** A floor that a statute sets today outranks what an earlier notice promised. */
export function statutoryFloor({ keep }: RetentionRule): string | undefined {
  return keep.from === 'statute' ? keep.atLeast : undefined;
}

/** Every ceiling that a record may have under the rule, whoever owns it. */
export function ceilingsOf({ keep, tiers }: RetentionRule): string[] {
  return keep.atMost === undefined ? [] : [keep.atMost, ...Object.values(tiers?.atMost ?? {})];
}

/** The anchors that show how old a record is: with one of them before the change, an earlier promise was made about it. */
export function startsOf(rule: RetentionRule, promise: EarlierPromise): string[] {
  const others = [promise.since, rule.otherwise?.since, promise.otherwise?.since].filter((one) => one !== undefined);
  return [...new Set([rule.since, ...others])];
}

function stillBinds(rule: RetentionRule, promise: EarlierPromise, { accepted, anchors }: RecordFacts): boolean {
  if (accepted !== undefined && accepted > promise.version) return false;
  const before = new Date(promise.before);
  const starts = startsOf(rule, promise).map((name) => anchors[name]);
  return rule.openEnded || starts.some((start) => start !== undefined && start < before);
}

function earlierReading(
  rule: RetentionRule,
  promise: EarlierPromise,
  facts: RecordFacts,
  zone: string,
): RecordLimit | undefined {
  const reading = readingOf(earlierRule(rule, promise), facts, zone);
  const [period, since] = [statutoryFloor(rule), facts.anchors[rule.since]];
  if (reading === undefined || period === undefined || since === undefined) return reading;
  return { all: [reading, floor(since, period, rule.keep.fromEndOf, zone)] };
}

function readingOf(rule: RetentionRule, facts: RecordFacts, zone: string): RecordLimit | undefined {
  const { keep, since, otherwise, grace } = rule;
  const start = facts.anchors[since];
  const ends: RecordLimit[] = [];
  if (start !== undefined) {
    ends.push(...ceilingEnd(rule, start, facts, zone));
    if (keep.atLeast !== undefined) ends.push(floor(start, keep.atLeast, keep.fromEndOf, zone));
  } else {
    const other = otherwise && facts.anchors[otherwise.since];
    if (otherwise && other)
      ends.push({ at: endOf(other, otherwise.keep, undefined, 'ceiling', zone), bound: 'ceiling' });
  }
  if (ends.length === 0) return undefined;

  const undone = grace && facts.anchors[grace.since];
  if (grace && undone) ends.push(floor(undone, grace.keep, undefined, zone));
  return { all: ends };
}

/**
 * The ceiling by the owner's tier. After a change to a shorter one, what was there before has its grace, and never
 * more than the longest ceiling of all.
 */
function ceilingEnd(rule: RetentionRule, start: Date, facts: RecordFacts, zone: string): RecordLimit[] {
  const { keep, tiers } = rule;
  if (keep.atMost === undefined) return [];
  const endAfter = (period: string): Date => endOf(start, period, keep.fromEndOf, 'ceiling', zone);
  const end: RecordLimit = { at: endAfter(tierPeriod(rule, facts.tier) ?? keep.atMost), bound: 'ceiling' };

  const change = tiers?.grace && facts.owner?.[tiers.grace.since];
  if (!tiers?.grace || !change || start > change) return [end];
  const longest = new Date(Math.max(...ceilingsOf(rule).map((period) => endAfter(period).getTime())));
  return [end, { any: [{ at: longest, bound: 'ceiling' }, floor(change, tiers.grace.keep, undefined, zone)] }];
}

function tierPeriod({ tiers }: RetentionRule, tier: string | undefined): string | undefined {
  return tiers !== undefined && tier !== undefined && Object.hasOwn(tiers.atMost, tier)
    ? tiers.atMost[tier]
    : undefined;
}

function floor(start: Date, period: string, fromEndOf: 'year' | undefined, zone: string): RecordLimit {
  return { at: endOf(start, period, fromEndOf, 'floor', zone), bound: 'floor' };
}
