import type { RetentionRule } from '../policy/policy.ts';
import { type Anchors, type RecordFacts, type RecordLimit, recordLimit } from './recordLimit.ts';

/**
 * Whether the rule has ended a record at `now`. Only ceilings are met `aheadMs` early; floor and grace are owed to the
 * last millisecond. A record without the anchors is never over.
 */
export function isOver(rule: RetentionRule, facts: RecordFacts, zone: string, now: Date, aheadMs = 0): boolean {
  const limit = recordLimit(rule, facts, zone);
  return limit !== undefined && hasCome(limit, now, new Date(now.getTime() + aheadMs));
}

/** Whether it would be over for an owner of whom least is known: where it is not, it is over for nobody. */
export function mayBeOver(rule: RetentionRule, anchors: Anchors, zone: string, now: Date, aheadMs = 0): boolean {
  const tiers = [undefined, ...Object.keys(rule.tiers?.atMost ?? {})];
  return tiers.some((tier) => isOver(rule, { anchors, ...(tier !== undefined && { tier }) }, zone, now, aheadMs));
}

function hasCome(limit: RecordLimit, now: Date, early: Date): boolean {
  if ('at' in limit) return limit.at <= (limit.bound === 'ceiling' ? early : now);
  if ('all' in limit) return limit.all.every((one) => hasCome(one, now, early));
  return limit.any.some((one) => hasCome(one, now, early));
}
