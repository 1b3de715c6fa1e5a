import type { RetentionRule } from '../policy/policy.ts';
import { type Anchors, type RecordFacts, type RecordLimit, recordLimit } from './recordLimit.ts';

/**
 * Whether the rule has ended a record at `now`. Only ceilings are met `aheadMs` early; floor and grace are owed to the
 * last millisecond. A record without the anchors is never over.
 */
export function isOver(rule: RetentionRule, facts: RecordFacts, zone: string, now: Date, aheadMs = 0): boolean {
  const limit = recordLimit(rule, facts, zone);
  return limit !== undefined && hasCome(limit, now, aheadMs);
}

/** Whether it would be over for an owner of whom least is known: where it is not, it is over for nobody. */
export function mayBeOver(rule: RetentionRule, anchors: Anchors, zone: string, now: Date, aheadMs = 0): boolean {
  const tiers = [undefined, ...Object.keys(rule.tiers?.atMost ?? {})];
  return tiers.some((tier) => isOver(rule, { anchors, ...(tier !== undefined && { tier }) }, zone, now, aheadMs));
}

/** Whether a limit has come at `now`, its ceilings `aheadMs` before their time. */
export function hasCome(limit: RecordLimit, now: Date, aheadMs: number): boolean {
  if ('at' in limit) return limit.at.getTime() <= now.getTime() + (limit.bound === 'ceiling' ? aheadMs : 0);
  if ('all' in limit) return limit.all.every((one) => hasCome(one, now, aheadMs));
  return limit.any.some((one) => hasCome(one, now, aheadMs));
}
