import type { Collection } from '../policy/inventory.ts';
import { periodDays } from '../policy/periodDays.ts';
import type { Policy, RetentionRule } from '../policy/policy.ts';
import { earlierRule, statutoryFloor } from '../retention/recordLimit.ts';
import { forerunner, sameSort, touches } from './forerunner.ts';
import { outlasts } from './retentionJudges.ts';

/**
 * Rules whose promise nobody could keep under the new version: what they ended stays longer under a rule that is not their
 * heir, or without end; or their heir is lifted where they were not, or counts from a date beside which the old one is gone;
 * or it outlives an erasure although no statute asks for it. What `before` carries of earlier versions counts as well.
 */
export function brokenPromises(before: Policy, after: Policy): RetentionRule[] {
  return before.retention.filter((old) => {
    const heirs = after.retention.filter((rule) => forerunner(rule, before) === old);
    if (heirs.some((heir) => outlivesErasure(old, heir))) return true;
    const readings = readingsOf(old).filter(({ keep }) => keep.atMost !== undefined);
    if (readings.length === 0) return false;
    if (heirs.some((heir) => readings.some((one) => isOutOfReach(one, heir, after)))) return true;
    const carries = (rule: RetentionRule | undefined): boolean =>
      rule !== undefined && (heirs.includes(rule) || !readings.some((one) => outlives(one, rule)));
    return isLeftUnended(old, carries, { before, after }) || isLeftUncovered(old, carries, after);
  });
}

/** The rule as it is, and as the earlier versions had it whose promises it carries. */
function readingsOf(rule: RetentionRule): RetentionRule[] {
  return [rule, ...(rule.earlier ?? []).map((promise) => earlierRule(rule, promise))];
}

/** Some category that is still there falls under no rule, or under one that does not carry the promise. */
function isLeftUncovered(
  old: RetentionRule,
  carries: (rule: RetentionRule) => boolean,
  { categories, retention }: Policy,
): boolean {
  return old.covers
    .filter((word) => categories.some(({ name }) => touches(name, word)))
    .some((word) => {
      const governing = retention.filter(
        (rule) => sameSort(rule, old) && rule.covers.some((one) => touches(one, word)),
      );
      return governing.length === 0 || !governing.every(carries);
    });
}

/** The same of what is held: other words for the same records and fields do not end the promise about them. */
function isLeftUnended(
  old: RetentionRule,
  carries: (rule: RetentionRule | undefined) => boolean,
  { before, after }: { before: Policy; after: Policy },
): boolean {
  const ruleNamed = (id: string | undefined): RetentionRule | undefined =>
    after.retention.find((rule) => rule.id === id);
  return before.inventory.collections.some((place) => {
    const next = after.inventory.collections.find(({ name }) => name === place.name);
    if (next === undefined) return false;
    if (old.then !== 'redact') {
      if (place.retention !== old.id) return false;
      return !carries(ruleNamed(next.retention)) || (next.follows !== undefined && next.follows !== place.follows);
    }
    return redactedBy(old.id, place)
      .filter((path) => next.fields.some((field) => field.path === path))
      .some((path) => !next.redactions?.some(({ rule, fields }) => fields.includes(path) && carries(ruleNamed(rule))));
  });
}

function redactedBy(id: string, { redactions = [] }: Collection): readonly string[] {
  return redactions.find(({ rule }) => rule === id)?.fields ?? [];
}

/** An earlier period is kept beside the new one, while its date is still written; what lifts a record now lifts both. */
function isOutOfReach(old: RetentionRule, heir: RetentionRule, { inventory }: Policy): boolean {
  const undated = inventory.collections
    .filter(({ retention, redactions }) => retention === heir.id || redactions?.some(({ rule }) => rule === heir.id))
    .some(({ anchors, follows }) => follows !== undefined || !(old.since in anchors));
  // An owner has one tier: that of the trait which the rule asks for now.
  const otherTrait = old.tiers !== undefined && heir.tiers !== undefined && old.tiers.of !== heir.tiers.of;
  return lifts(heir, old) || otherTrait || (heir.since !== old.since && undated);
}

function outlives(old: RetentionRule, rule: RetentionRule): boolean {
  return outlasts(old, rule) || lifts(rule, old);
}

/** Whether the rule leaves records alone, or gives them time, where the old one did not. */
function lifts(rule: RetentionRule, old: RetentionRule): boolean {
  return (rule.unless !== undefined && rule.unless !== old.unless) || laterGrace(rule, old);
}

function laterGrace({ grace }: RetentionRule, { grace: old }: RetentionRule): boolean {
  if (grace === undefined) return false;
  return grace.since !== old?.since || periodDays(grace.keep) > periodDays(old.keep);
}

function outlivesErasure(old: RetentionRule, heir: RetentionRule): boolean {
  return old.onErasure === 'erase' && heir.onErasure === 'detach' && statutoryFloor(heir) === undefined;
}
