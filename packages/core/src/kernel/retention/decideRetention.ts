import type { Hold, Reason, RetentionDecision, RetentionRecord } from '../decision.ts';
import { KeptError } from '../keptError.ts';
import type { Collection } from '../policy/inventory.ts';
import type { Policy, RetentionRule } from '../policy/policy.ts';
import { dueAt } from './dueAt.ts';
import { isOver } from './isOver.ts';
import { holdReason, strongestHold } from './strongestHold.ts';

export interface RetentionOptions {
  /** How far ahead of a ceiling work begins, in milliseconds: the sweep's rhythm and its measured run time. Floors ignore it. */
  readonly aheadMs?: number;
}

/**
 * What becomes of one record now. A legal hold outranks a restriction, that an open access request, that a statutory
 * floor, that the ceiling and the rule; an unknown fact keeps the record.
 * @throws KeptError COLLECTION_NOT_FOUND
 */
export function decideRetention(
  policy: Policy,
  record: RetentionRecord,
  holds: readonly Hold[],
  now: Date,
  options: RetentionOptions = {},
): RetentionDecision {
  const collection = collectionOf(policy, record.collection);
  const rule = ruleOf(policy, collection);
  if (rule === undefined) return { outcome: 'keep', because: [] };

  const decision = byRule(rule, record, policy.controller.zone, now, options);
  const hold = strongestHold(holds, record.collection, record.subject, now);
  if (hold === undefined) return decision;
  const broken = decision.dueAt !== undefined && decision.dueAt <= now;
  const because = [
    holdReason(hold),
    ...(broken ? [reasonOf(rule, `would have ended it at ${decision.dueAt.toISOString()}`)] : []),
  ];
  return { ...decision, outcome: 'keep', because };
}

function byRule(
  rule: RetentionRule,
  record: RetentionRecord,
  zone: string,
  now: Date,
  options: RetentionOptions,
): RetentionDecision {
  const lifted = rule.unless === undefined ? false : record.predicates[rule.unless];
  if (lifted === true) return { outcome: 'keep', because: [reasonOf(rule, `kept because it is ${rule.unless}`)] };
  if (lifted === undefined)
    return { outcome: 'undetermined', because: [reasonOf(rule, `kept: whether it is ${rule.unless} is unknown`)] };

  const due = dueAt(rule, record.anchors, zone);
  if (due === undefined) {
    const text = rule.openEnded
      ? `kept until there is a date of ${rule.since}`
      : `kept: the date of ${rule.since} is missing`;
    return { outcome: rule.openEnded ? 'keep' : 'undetermined', because: [reasonOf(rule, text)] };
  }

  const end = rule.then === 'anonymise' ? 'anonymise' : 'erase';
  const outcome = isOver(rule, record.anchors, zone, now, options.aheadMs) ? end : 'keep';
  const text = `${outcome === 'keep' ? 'kept until' : 'ended at'} ${due.toISOString()}`;
  return { outcome, dueAt: due, because: [reasonOf(rule, text)] };
}

export function collectionOf(policy: Policy, name: string): Collection {
  const collection = policy.inventory.collections.find((one) => one.name === name);
  if (collection !== undefined) return collection;
  throw new KeptError('COLLECTION_NOT_FOUND', `The inventory has no collection "${name}"`, {
    place: `${policy.pack}/inventory.yaml`,
    remedy: 'add the collection to the inventory',
  });
}

export function ruleOf(policy: Policy, collection: Collection): RetentionRule | undefined {
  return policy.retention.find((rule) => rule.id === collection.retention);
}

function reasonOf(rule: RetentionRule, text: string): Reason {
  return { rule: `retention.${rule.id}`, clause: rule.clause, text };
}
