import { periodDays } from '../policy/periodDays.ts';
import type { EarlierPromise, Policy, RetentionRule } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { earlierRule } from '../retention/recordLimit.ts';
import { outlasts } from './retentionJudges.ts';

/** By id of the retention rule: what earlier versions promised about the data that it ends. */
export type EarlierPromises = Readonly<Record<string, readonly EarlierPromise[]>>;

/**
 * What the rules of a new version must still keep of what was promised before: by the version before it, and by those
 * before that as far as they are still stricter. `before` carries its own earlier promises.
 */
export function earlierPromises(before: Policy, after: Policy, at: Date): EarlierPromises {
  const entries = after.retention.map((rule): [string, EarlierPromise[]] => {
    const old = forerunner(rule, before);
    if (old === undefined) return [rule.id, []];
    const inherited = (old.earlier ?? []).map((promise): EarlierPromise => {
      const { since, tiers, otherwise } = earlierRule(old, promise);
      return { ...promise, since, tiers: tiers ?? null, otherwise: otherwise ?? null };
    });
    const promises = [...inherited, promiseMade(old, before.version, at)];
    const stricter = promises.filter((promise) => outlasts(earlierRule(rule, promise), rule));
    const named = stricter.map(({ since, ...promise }) =>
      since === undefined || since === rule.since ? promise : { ...promise, since },
    );
    return [rule.id, named];
  });
  return Object.fromEntries(entries.filter(([, promises]) => promises.length > 0));
}

/**
 * Rules whose promise nobody could keep under the new version: what they ended stays longer under a rule that is not their
 * heir, or without end; or their heir is lifted where they were not, or counts from a date beside which the old one is gone.
 */
export function brokenPromises(before: Policy, after: Policy): RetentionRule[] {
  return before.retention.filter((old) => {
    if (old.keep.atMost === undefined) return false;
    if (after.retention.some((rule) => forerunner(rule, before) === old && isOutOfReach(old, rule, after))) return true;
    return old.covers
      .filter((word) => after.categories.some(({ name }) => touches(name, word)))
      .some((word) => {
        const governing = after.retention.filter(
          (rule) => sameSort(rule, old) && rule.covers.some((one) => touches(one, word)),
        );
        const strangers = governing.filter((rule) => forerunner(rule, before) !== old);
        return governing.length === 0 || strangers.some((rule) => outlasts(old, rule));
      });
  });
}

/** An earlier period is kept beside the new one, while its date is still written; what lifts a record now lifts both. */
function isOutOfReach(old: RetentionRule, heir: RetentionRule, { inventory }: Policy): boolean {
  const lifted = heir.unless !== undefined && heir.unless !== old.unless;
  const undated = inventory.collections
    .filter(({ retention, redactions }) => retention === heir.id || redactions?.some(({ rule }) => rule === heir.id))
    .some(({ anchors, follows }) => follows !== undefined || !(old.since in anchors));
  return lifted || laterGrace(heir, old) || (heir.since !== old.since && undated);
}

function laterGrace({ grace }: RetentionRule, { grace: old }: RetentionRule): boolean {
  if (grace === undefined) return false;
  return grace.since !== old?.since || periodDays(grace.keep) > periodDays(old.keep);
}

/** The policy with the promises attached that its rules must still keep. */
export function withEarlier(policy: Policy, earlier: EarlierPromises): Policy {
  if (Object.keys(earlier).length === 0) return policy;
  const retention = policy.retention.map((rule) => {
    const promises = earlier[rule.id];
    return promises === undefined ? rule : { ...rule, earlier: promises };
  });
  return { ...policy, retention };
}

function promiseMade(old: RetentionRule, version: number, at: Date): EarlierPromise {
  const { keep, since, tiers, otherwise } = old;
  return { keep, since, version, before: at.toISOString(), tiers: tiers ?? null, otherwise: otherwise ?? null };
}

/** The rule whose place a rule takes: that of its id, else the only one that covered what it covers. */
function forerunner(rule: RetentionRule, before: Policy): RetentionRule | undefined {
  const old = before.retention.find(({ id }) => id === rule.id);
  if (old !== undefined) return old;
  const covering = before.retention.filter(
    (one) => sameSort(one, rule) && one.covers.some((word) => rule.covers.some((other) => touches(word, other))),
  );
  return covering.length === 1 ? covering[0] : undefined;
}

function sameSort(one: RetentionRule, other: RetentionRule): boolean {
  return (one.then === 'redact') === (other.then === 'redact');
}

function touches(one: string, other: string): boolean {
  return covers(one, other) || covers(other, one);
}
