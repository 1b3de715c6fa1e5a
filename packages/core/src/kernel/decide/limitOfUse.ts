import type { Policy, Purpose, RetentionRule } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { tableOf, touches } from './policyTable.ts';

/**
 * Whether a rule that limits what data is used for lets this purpose at the category. The limit gives way only to a
 * purpose that names the category itself, and not merely a wider one.
 */
export function isWithinLimit(
  { onlyFor, covers: covered }: RetentionRule,
  name: string,
  purpose: Purpose | undefined,
  category: string,
): boolean {
  if (onlyFor === undefined || onlyFor.some((word) => covers(word, name))) return true;
  return (
    purpose?.categories.some((listed) => touches(listed, category) && covered.some((word) => covers(word, listed))) ??
    false
  );
}

/** The listed purposes that some of what the rule covers may be used for, in the order of the policy. */
export function usesWithin(policy: Policy, rule: RetentionRule): readonly Purpose[] {
  const table = tableOf(policy);
  const covered = policy.categories.filter(({ name }) => rule.covers.some((word) => covers(word, name)));
  return policy.purposes.filter((purpose) =>
    covered.some(({ name }) => table.reaches(purpose, name) && isWithinLimit(rule, purpose.name, purpose, name)),
  );
}
