import type { Hold, Reason, RetentionDecision, RetentionRecord } from '../decision.ts';
import { KeptError } from '../keptError.ts';
import type { Collection, Redaction } from '../policy/inventory.ts';
import type { Policy, RetentionRule } from '../policy/policy.ts';
import { dueAt, instantOf } from './dueAt.ts';
import { hasCome } from './isOver.ts';
import { recordLimit } from './recordLimit.ts';
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
  return decideBy(ruleOf(policy, collectionOf(policy, record.collection)), policy, record, holds, now, options);
}

/**
 * Whether the fields of a redaction leave one record now; the same holds, in the same order, keep them.
 * @throws KeptError COLLECTION_NOT_FOUND
 */
export function decideRedaction(
  policy: Policy,
  record: RetentionRecord,
  redaction: Redaction,
  holds: readonly Hold[],
  now: Date,
  options: RetentionOptions = {},
): RetentionDecision {
  collectionOf(policy, record.collection);
  const rule = policy.retention.find((one) => one.id === redaction.rule);
  return decideBy(rule, policy, record, holds, now, options);
}

function decideBy(
  rule: RetentionRule | undefined,
  policy: Policy,
  record: RetentionRecord,
  holds: readonly Hold[],
  now: Date,
  options: RetentionOptions,
): RetentionDecision {
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

  const limit = recordLimit(rule, record, zone);
  if (limit === undefined) {
    const dates = [rule.since, ...(rule.otherwise ? [rule.otherwise.since] : [])].join(' or ');
    const text = rule.openEnded ? `kept until there is a date of ${dates}` : `kept: the date of ${dates} is missing`;
    return { outcome: rule.openEnded ? 'keep' : 'undetermined', because: [reasonOf(rule, text)] };
  }

  const due = instantOf(limit);
  const outcome = hasCome(limit, now, options.aheadMs ?? 0) ? rule.then : 'keep';
  const text = `${outcome === 'keep' ? 'kept until' : 'ended at'} ${due.toISOString()}${promisedEarlier(rule, record, due, zone)}`;
  return { outcome, dueAt: due, because: [reasonOf(rule, text)] };
}

/** Names the version whose promise ends the record before the rule of today would. */
function promisedEarlier(rule: RetentionRule, record: RetentionRecord, due: Date, zone: string): string {
  const { earlier = [], ...today } = rule;
  if (earlier.length === 0) return '';
  const without = dueAt(today, record, zone);
  if (without !== undefined && without <= due) return '';
  const spoke = earlier.find((promise) => {
    const end = dueAt({ ...rule, earlier: [promise] }, record, zone);
    return end !== undefined && end <= due;
  });
  return spoke === undefined ? '' : `, promised under version ${spoke.version} and not accepted since`;
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
