import type { Collection } from './inventory.ts';
import type { WrittenCollection, WrittenInventory } from './inventoryShape.ts';
import { insteadOf } from './nearestWord.ts';
import { below, mistake, type Spot } from './spot.ts';
import { covers } from './vocabulary.ts';
import type { WrittenRetention } from './writtenPolicy.ts';

/**
 * Checks that the collection has the dates, predicates and traits that its rule asks for. Answers the collection that it
 * follows, where the rule's anchor stands in the subject's own.
 */
export function followed(
  name: string,
  collection: WrittenCollection,
  rule: WrittenRetention,
  written: WrittenInventory,
  at: Spot,
): string | undefined {
  if (rule.unless !== undefined && !(rule.unless in collection.predicates)) {
    const remedy = `add predicates: {${rule.unless}: {field: …, exists: true}}`;
    const message = `rule "${rule.id}" asks for the predicate "${rule.unless}", which "${name}" lacks`;
    mistake(at, 'PREDICATE_UNKNOWN', message, remedy);
  }
  const demandAnchor = (anchor: string, does: string, of: WrittenCollection = collection): void => {
    if (anchor in of.anchors) return;
    const message = `rule "${rule.id}" ${does} "${anchor}", which "${nameOf(of, written)}" lacks`;
    mistake(at, 'ANCHOR_UNKNOWN', message, `add anchors: {${anchor}: …}`);
  };
  if (rule.grace !== undefined) demandAnchor(rule.grace.since, 'counts its grace from');
  if (rule.otherwise !== undefined) demandAnchor(rule.otherwise.since, 'counts otherwise from');
  if (rule.tiers !== undefined) {
    const own = Object.values(written.collections).find((other) => other.subject.key !== undefined);
    const traits = Object.keys(own?.traits ?? {});
    if (!traits.includes(rule.tiers.of)) {
      const message = `rule "${rule.id}" has tiers of "${rule.tiers.of}", which no subject has as a trait`;
      const remedy = traits.length > 0 ? insteadOf(rule.tiers.of, traits) : `add traits: {${rule.tiers.of}: …}`;
      mistake(at, 'TRAIT_UNKNOWN', message, remedy);
    }
    if (rule.tiers.grace !== undefined && own !== undefined)
      demandAnchor(rule.tiers.grace.since, 'counts the grace of its tiers from', own);
  }
  if (rule.since in collection.anchors) return undefined;

  const owner = Object.entries(written.collections).find(
    ([, other]) => other.subject.key !== undefined && rule.since in other.anchors,
  );
  // Who is known by an address or a device alone has no account with which the record could go.
  const { key, address, device } = collection.subject;
  const isAlone = key !== undefined || address !== undefined || device !== undefined;
  if (rule.openEnded && owner !== undefined && !isAlone) return owner[0];
  demandAnchor(rule.since, 'counts from');
  return undefined;
}

/** The fields that rules with `then: redact` take out of the collection's records before these end. */
export function redactionsOf(
  name: string,
  collection: WrittenCollection,
  governing: WrittenRetention | undefined,
  rules: readonly WrittenRetention[],
  at: Spot,
): Pick<Collection, 'redactions'> {
  const redactions = rules
    .filter((rule) => rule.then === 'redact')
    .map((rule) => ({
      rule,
      fields: Object.entries(collection.fields)
        .filter(([, field]) => rule.covers.some((word) => covers(word, field.category)))
        .map(([path]) => path),
    }))
    .filter(({ fields }) => fields.length > 0);

  for (const { rule } of redactions) {
    if (governing === undefined) {
      const message = `"${rule.id}" only takes fields out of "${name}", and no rule ends its records`;
      mistake(at, 'RULE_CONTRADICTORY', message, 'write retention: with the rule that governs the record');
    }
    if (!(rule.since in collection.anchors)) {
      const message = `rule "${rule.id}" counts from "${rule.since}", which "${name}" lacks`;
      mistake(below(at, 'anchors'), 'ANCHOR_UNKNOWN', message, `add anchors: {${rule.since}: …}`);
    }
  }
  return redactions.length === 0
    ? {}
    : { redactions: redactions.map(({ rule, fields }) => ({ rule: rule.id, fields })) };
}

function nameOf(collection: WrittenCollection, { collections }: WrittenInventory): string {
  return Object.keys(collections).find((name) => collections[name] === collection) ?? '';
}
