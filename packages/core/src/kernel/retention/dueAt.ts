import type { Keep, RetentionRule } from '../policy/policy.ts';
import { type Bound, endOf } from './endOf.ts';
import { type RecordFacts, type RecordLimit, recordLimit } from './recordLimit.ts';

/**
 * When the rule alone ends a record, without regard to holds: the latest of ceiling, floor and grace, or earlier where
 * an earlier version promised so. Undefined where the anchors are missing.
 */
export function dueAt(rule: RetentionRule, facts: RecordFacts, zone: string): Date | undefined {
  const limit = recordLimit(rule, facts, zone);
  return limit === undefined ? undefined : instantOf(limit);
}

/** The instant at which a limit comes. */
export function instantOf(limit: RecordLimit): Date {
  if ('at' in limit) return limit.at;
  if ('all' in limit) return new Date(Math.max(...limit.all.map((one) => instantOf(one).getTime())));
  return new Date(Math.min(...limit.any.map((one) => instantOf(one).getTime())));
}

/** The end that decides where there is no grace: that of the ceiling, or of the floor where no ceiling is set. */
export function limitOf(keep: Keep): { end: (anchor: Date, zone: string) => Date } {
  const bound: Bound = keep.atMost === undefined ? 'floor' : 'ceiling';
  return { end: (anchor, zone) => endOf(anchor, keep.atMost ?? keep.atLeast ?? 'P0D', keep.fromEndOf, bound, zone) };
}
