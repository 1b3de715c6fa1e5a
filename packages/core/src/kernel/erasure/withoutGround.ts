import type { Collection, Redaction } from '../policy/inventory.ts';
import type { Policy } from '../policy/policy.ts';

/**
 * Fields that an erasure takes out of records which stay without the person: a rule of their own covers them, and it has
 * no ground to keep them.
 */
export function withoutGround(policy: Policy, { redactions = [] }: Collection): readonly Redaction[] {
  return redactions.filter(({ rule }) => policy.retention.find((one) => one.id === rule)?.onErasure === 'erase');
}
