import type { Policy, RetentionRule } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';

/** The rule whose place a rule takes: that of its id, else the only one that covered what it covers. */
export function forerunner(rule: RetentionRule, before: Policy): RetentionRule | undefined {
  const old = before.retention.find(({ id }) => id === rule.id);
  if (old !== undefined) return old;
  const covering = before.retention.filter(
    (one) => sameSort(one, rule) && one.covers.some((word) => rule.covers.some((other) => touches(word, other))),
  );
  return covering.length === 1 ? covering[0] : undefined;
}

/** Rules that end records and rules that take fields out of them do not stand in for each other. */
export function sameSort(one: RetentionRule, other: RetentionRule): boolean {
  return (one.then === 'redact') === (other.then === 'redact');
}

export function touches(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one);
}
