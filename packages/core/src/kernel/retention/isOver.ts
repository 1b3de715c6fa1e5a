import type { RetentionRule } from '../policy/policy.ts';
import { type Anchors, ceilingEnd, floorEnd, graceEnd } from './dueAt.ts';

/**
 * Whether the rule has ended a record at `now`. Only the ceiling is met `aheadMs` early; floor and grace are owed to
 * the last millisecond. A record without the anchor is never over.
 */
export function isOver(rule: RetentionRule, anchors: Anchors, zone: string, now: Date, aheadMs = 0): boolean {
  if (anchors[rule.since] === undefined) return false;
  const early = new Date(now.getTime() + aheadMs);
  const over = (end: Date | undefined, by: Date): boolean => end === undefined || end <= by;
  return (
    over(ceilingEnd(rule, anchors, zone), early) &&
    over(floorEnd(rule, anchors, zone), now) &&
    over(graceEnd(rule, anchors, zone), now)
  );
}
