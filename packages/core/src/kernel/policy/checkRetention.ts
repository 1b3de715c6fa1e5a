import type { Inventory } from './inventory.ts';
import { ownAnchors } from './ownAnchors.ts';
import { periodDays } from './periodDays.ts';
import { below, mistake, type Spot } from './spot.ts';
import { covers } from './vocabulary.ts';
import type { WrittenPolicy, WrittenRetention } from './writtenPolicy.ts';

/** Retention rules: one for each category, whole in itself, and about something that exists. */
export function checkRetention(written: Partial<WrittenPolicy>, inventory: Inventory, policy: Spot): void {
  const rules = written.retention ?? [];
  const raw = (policy.source.data as { retention?: unknown } | null)?.retention;
  const placeOf = (id: string, from = 0): Spot => {
    const index = Array.isArray(raw)
      ? raw.findIndex((one, at) => at >= from && (one as { id?: unknown } | null)?.id === id)
      : -1;
    return below(policy, 'retention', Math.max(0, index));
  };

  for (const [index, rule] of rules.entries()) {
    const earlier = rules.slice(0, index);
    if (earlier.some((other) => other.id === rule.id)) {
      mistake(
        placeOf(rule.id, index),
        'DUPLICATE',
        `rule "${rule.id}" is written twice`,
        'rename or remove one of them',
      );
      continue;
    }
    const at = placeOf(rule.id);
    for (const other of earlier) checkOverlap(rule, other, at);
    checkKeep(rule, written.controller?.country, at);
    checkVariants(rule, at);
    checkReach(rule, inventory, at);
  }
}

function checkOverlap(rule: WrittenRetention, other: WrittenRetention, at: Spot): void {
  for (const category of rule.covers) {
    const same = other.covers.find((word) => covers(word, category) || covers(category, word));
    if (same === undefined) continue;
    const message = `"${rule.id}" and "${other.id}" both cover "${category}"`;
    mistake(below(at, 'covers'), 'RULE_OVERLAP', message, 'leave each category to one rule');
  }
}

function checkKeep(rule: WrittenRetention, country: string | undefined, at: Spot): void {
  const { keep } = rule;
  const spot = below(at, 'keep');
  if (keep.atMost === undefined && keep.atLeast === undefined && keep.byCountry === undefined) {
    mistake(spot, 'MISSING_KEY', `"${rule.id}" gives no period`, 'add atMost: or atLeast:');
  }
  if (keep.byCountry !== undefined && keep.atLeast !== undefined) {
    mistake(spot, 'RULE_CONTRADICTORY', 'a floor is given twice', 'give atLeast: or byCountry:, not both');
  }
  if (keep.byCountry !== undefined && country !== undefined && !(country in keep.byCountry)) {
    const message = `no period for the controller's country ${country}`;
    mistake(below(spot, 'byCountry'), 'MISSING_KEY', message, `add ${country}: {atLeast: …, source: …}`);
  }
  const floor = keep.atLeast ?? keep.byCountry?.[country ?? '']?.atLeast;
  if (keep.atMost !== undefined && floor !== undefined && periodDays(floor) > periodDays(keep.atMost)) {
    const message = `"${rule.id}" must keep at least ${floor} and at most ${keep.atMost}`;
    mistake(spot, 'RULE_CONTRADICTORY', message, 'lower atLeast or raise atMost');
  }
  if (keep.from === 'statute' && keep.source === undefined && keep.byCountry === undefined) {
    mistake(spot, 'MISSING_KEY', `"${rule.id}" rests on a statute without naming it`, 'add source: with its section');
  }
  if ((rule.onErasure === 'detach') !== (rule.ground !== undefined)) {
    const message = `"${rule.id}": what an erasure leaves needs a ground, and only that`;
    mistake(at, 'RULE_CONTRADICTORY', message, 'give onErasure: detach together with ground: {article, text}');
  }
  if (keep.from === 'statute' && floor !== undefined && rule.onErasure !== 'detach') {
    const message = `"${rule.id}": an erasure cannot end what a statute keeps`;
    mistake(at, 'RULE_CONTRADICTORY', message, 'give onErasure: detach together with ground: {article, text}');
  }
  if (rule.grace !== undefined && rule.unless === undefined) {
    mistake(
      below(at, 'grace'),
      'RULE_CONTRADICTORY',
      'a grace without an unless never begins',
      'add unless:, or remove grace:',
    );
  }
}

/** Ceilings by tier and by another anchor are ceilings: they need one to stand beside, and redaction is no end of a record. */
function checkVariants(rule: WrittenRetention, at: Spot): void {
  const bounded = rule.tiers !== undefined || rule.otherwise !== undefined;
  if (bounded && rule.keep.atMost === undefined) {
    const message = `"${rule.id}" varies a ceiling that it does not give`;
    mistake(below(at, 'keep'), 'RULE_CONTRADICTORY', message, 'add atMost:, the ceiling for all others');
  }
  if (rule.then !== 'redact') return;
  const extra = (['unless', 'grace', 'otherwise', 'tiers'] as const).filter((key) => rule[key] !== undefined);
  for (const key of extra) {
    const message = `"${rule.id}" takes fields out by their age alone`;
    mistake(below(at, key), 'RULE_CONTRADICTORY', message, `remove ${key}:`);
  }
}

/** A rule that reaches nothing would be a promise kept by nobody. */
function checkReach(rule: WrittenRetention, inventory: Inventory, at: Spot): void {
  const governed = inventory.collections.filter(
    (collection) =>
      collection.retention === rule.id || collection.redactions?.some((redaction) => redaction.rule === rule.id),
  );
  if (governed.length > 0 || rule.covers.length === 0) return;

  const own = Object.entries(ownAnchors).filter(([category]) => rule.covers.some((word) => covers(word, category)));
  if (own.length === 0) {
    const fields = inventory.collections.flatMap((collection) => collection.fields);
    if (fields.some((field) => rule.covers.some((word) => covers(word, field.category)))) return;
    mistake(
      at,
      'CATEGORY_UNUSED',
      `"${rule.id}" covers nothing that the inventory holds`,
      'add the field to the inventory, or remove the rule',
    );
  } else if (!own.every(([, anchors]) => anchors.includes(rule.since))) {
    const known = own.flatMap(([, anchors]) => anchors);
    const message = `"${rule.id}" counts from "${rule.since}", which Kept's own records lack`;
    mistake(below(at, 'since'), 'ANCHOR_UNKNOWN', message, `use one of: ${[...new Set(known)].join(', ')}`);
  }
}
