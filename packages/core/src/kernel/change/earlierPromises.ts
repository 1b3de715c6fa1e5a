import type { EarlierPromise, Policy, RetentionRule } from '../policy/policy.ts';
import { earlierRule } from '../retention/recordLimit.ts';
import { forerunner } from './forerunner.ts';
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
