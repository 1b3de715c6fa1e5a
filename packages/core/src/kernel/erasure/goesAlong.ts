import type { Collection } from '../policy/inventory.ts';
import type { Policy } from '../policy/policy.ts';
import { ruleOf } from '../retention/decideRetention.ts';

/**
 * Whether records of a collection go with those of another one that they are about, whoever wrote them. What a floor keeps does
 * not: it stays, and loses the link.
 */
export function goesAlong(policy: Policy, collection: Collection, other: string): boolean {
  const { about } = collection;
  return about?.collection === other && about.cascade && ruleOf(policy, collection)?.onErasure !== 'detach';
}
