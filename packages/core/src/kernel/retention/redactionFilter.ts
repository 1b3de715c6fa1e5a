import type { Redaction } from '../policy/inventory.ts';
import type { Policy } from '../policy/policy.ts';
import { collectionOf, type RetentionOptions } from './decideRetention.ts';
import { both, endedFilter } from './endedFilter.ts';
import type { Filter } from './retentionFilter.ts';

/**
 * The records that still have some of the fields which `decideRedaction` would take out of them now, were there no holds;
 * as with `retentionFilter`, for some owner. Null where the policy does not have the rule.
 * @throws KeptError COLLECTION_NOT_FOUND
 */
export function redactionFilter(
  policy: Policy,
  collectionName: string,
  redaction: Redaction,
  now: Date,
  options: RetentionOptions = {},
): Filter | null {
  const collection = collectionOf(policy, collectionName);
  const rule = policy.retention.find((one) => one.id === redaction.rule);
  if (rule === undefined) return null;
  const { zone } = policy.controller;
  return both([...endedFilter(rule, collection, zone, now, options.aheadMs ?? 0), stillThere(redaction)]);
}

/** Records in which some of the fields are left; of an array, in any of its elements. */
export function stillThere({ fields }: Redaction): Filter {
  return { $or: fields.map((path) => ({ [path.replaceAll('[]', '')]: { $exists: true } })) };
}
