import type { Collection, Predicate } from '../policy/inventory.ts';
import type { Policy, RetentionRule } from '../policy/policy.ts';
import { collectionOf, type RetentionOptions, ruleOf } from './decideRetention.ts';
import { both, endedFilter } from './endedFilter.ts';

/** A plain MongoDB filter: JSON with Dates. */
export type Filter = { readonly [path: string]: unknown };

export interface FilterOptions extends RetentionOptions {
  /** Values of the field that leads to the person (`_id`, `userId`, `keyId`), as stored, whose records are held. */
  readonly exceptSubjects?: readonly unknown[];
}

/**
 * The records of a collection that `decideRetention` would end now, were there no holds. Where the owner's tier or an
 * earlier promise counts too, it takes in all that may be over for some owner: each is then decided by itself. Null
 * where no rule limits the collection, or where its records go with those of another one (`follows`).
 * @throws KeptError COLLECTION_NOT_FOUND
 */
export function retentionFilter(
  policy: Policy,
  collectionName: string,
  now: Date,
  options: FilterOptions = {},
): Filter | null {
  const collection = collectionOf(policy, collectionName);
  const rule = ruleOf(policy, collection);
  if (rule === undefined || collection.follows !== undefined) return null;

  const conditions = [
    ...endedFilter(rule, collection, policy.controller.zone, now, options.aheadMs ?? 0),
    ...unlifted(rule, collection),
  ];
  const except = options.exceptSubjects ?? [];
  if (except.length > 0) conditions.push({ [subjectField(collection)]: { $nin: [...except] } });
  return both(conditions);
}

/** The field of a record that leads to its person, itself or by way of another collection. */
export function subjectField({ subject }: Collection): string {
  return subject.by === 'self' ? subject.key : subject.field;
}

function unlifted(rule: RetentionRule, collection: Collection): Filter[] {
  const predicate = rule.unless === undefined ? undefined : collection.predicates[rule.unless];
  return predicate === undefined ? [] : [unmet(predicate)];
}

function unmet(predicate: Predicate): Filter {
  if ('equals' in predicate) return { [predicate.field]: { $ne: predicate.equals } };
  return { [predicate.field]: predicate.exists ? null : { $ne: null } };
}
