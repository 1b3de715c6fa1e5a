import type { Found, Hold, PlanLine } from '../decision.ts';
import type { Collection } from '../policy/inventory.ts';
import type { Policy, RetentionRule } from '../policy/policy.ts';
import { collectionOf, ruleOf } from '../retention/decideRetention.ts';
import { dueAt } from '../retention/dueAt.ts';
import { holdGround, strongestHold } from '../retention/strongestHold.ts';
import { withoutGround } from './withoutGround.ts';

/**
 * What an erasure request does, collection by collection, sorted by name: a hold keeps everything it reaches; a
 * statutory floor keeps the records without the person and without the fields that have no ground to stay, until the
 * youngest of them is free; all else is erased.
 * @throws KeptError COLLECTION_NOT_FOUND
 */
export function planErasure(
  policy: Policy,
  found: readonly Found[],
  holds: readonly Hold[],
  now: Date,
  subject: string,
): PlanLine[] {
  return found
    .map((one) => lineOf(policy, one, strongestHold(holds, one.collection, subject, now), now))
    .sort((a, b) => (a.collection < b.collection ? -1 : 1));
}

function lineOf(policy: Policy, found: Found, hold: Hold | undefined, now: Date): PlanLine {
  const collection = collectionOf(policy, found.collection);
  const rule = ruleOf(policy, collection);
  const line = {
    collection: found.collection,
    categories: categoriesOf(collection),
    count: found.count,
    files: found.files,
    ...(found.othersWorks === undefined ? {} : { othersWorks: found.othersWorks }),
    ...(found.othersAlong === undefined ? {} : { othersAlong: found.othersAlong }),
  };

  if (hold !== undefined) {
    return {
      ...line,
      action: 'keep',
      rule: `holds.${hold.kind}`,
      ground: holdGround(hold),
      ...(hold.until === undefined ? {} : { until: hold.until }),
    };
  }
  if (rule?.onErasure === 'detach') {
    const until = latestEnd(rule, found, policy.controller.zone);
    if (until === undefined || until > now) {
      const categories = categoriesOf(
        collection,
        withoutGround(policy, collection).flatMap(({ fields }) => fields),
      );
      return { ...line, categories, action: 'detach', ...namesOf(rule), ...(until === undefined ? {} : { until }) };
    }
  }
  const right = policy.rights.find((one) => one.right === 'erasure');
  return { ...line, action: 'erase', rule: 'rights.erasure', ...(right === undefined ? {} : { clause: right.clause }) };
}

function namesOf(rule: RetentionRule): Pick<PlanLine, 'rule' | 'clause' | 'ground'> {
  return {
    rule: `retention.${rule.id}`,
    clause: rule.clause,
    ...(rule.ground === undefined ? {} : { ground: rule.ground }),
  };
}

/** A record that stays without the person has no owner any more: neither a plan nor an acceptance moves its end. */
function latestEnd(rule: RetentionRule, { newest, newestOtherwise }: Found, zone: string): Date | undefined {
  const ends = [
    newest && dueAt(rule, { anchors: { [rule.since]: newest } }, zone),
    newestOtherwise && rule.otherwise && dueAt(rule, { anchors: { [rule.otherwise.since]: newestOtherwise } }, zone),
  ].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : new Date(Math.max(...ends.map((end) => end.getTime())));
}

function categoriesOf({ fields }: Collection, without: readonly string[] = []): string[] {
  const left = fields.filter(({ path }) => !without.includes(path));
  return [...new Set(left.map((field) => field.category))].sort();
}
