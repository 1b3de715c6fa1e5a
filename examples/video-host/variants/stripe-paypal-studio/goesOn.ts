import { decideRetention } from '@kept/core';
import type { Member } from './models.ts';
import type { Studio } from './studio.ts';

/** The instant at which content goes, by the very rule that the sweep follows. */
export function goesOn(
  { kept, now }: Pick<Studio, 'kept' | 'now'>,
  collection: 'generations' | 'uploads',
  { createdAt }: { readonly createdAt: Date },
  { plan, downgradedAt }: Pick<Member, 'plan' | 'downgradedAt'>,
): Date | undefined {
  const record = { collection, anchors: { stored: createdAt }, predicates: {} };
  const owner = { tier: plan, owner: { downgraded: downgradedAt } };
  return decideRetention(kept.policy, { ...record, ...owner }, [], now()).dueAt;
}
