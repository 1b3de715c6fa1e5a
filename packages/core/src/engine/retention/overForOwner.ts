import type { RetentionRecord } from '../../kernel/decision.ts';
import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { decideRedaction, decideRetention } from '../../kernel/retention/decideRetention.ts';
import { dependsOnOwner } from '../../kernel/retention/recordLimit.ts';
import { acceptedVersions } from '../policy/acceptances.ts';
import type { FactRecord, StillDue } from '../ports/personalDataSource.ts';
import type { Unit } from '../stored.ts';
import type { World } from '../world.ts';

export interface RuleDue extends StillDue {
  readonly rule: RetentionRule;
}

/** What of the world a look at records takes: nothing that could change them. */
export type Reader = Pick<World, 'service' | 'policy' | 'data' | 'records'>;

export type OwnerFacts = Pick<RetentionRecord, 'tier' | 'owner' | 'accepted'>;

/** What a rule asks of the owners of records, read for all of them at once. */
export async function ownerFacts(
  world: Reader,
  rule: RetentionRule,
  subjects: readonly (string | undefined)[],
): Promise<(subject: string | undefined) => OwnerFacts> {
  const owners = [...new Set(subjects.filter((subject) => subject !== undefined))];
  const tiers = [rule.tiers, ...(rule.earlier ?? []).map((promise) => promise.tiers)].find((one) => one) ?? undefined;
  const [profiles, accepted] = await Promise.all([
    tiers && owners.length > 0 ? world.data.profilesOf(owners) : new Map<string, never>(),
    rule.earlier && owners.length > 0 ? acceptedVersions(world, owners) : new Map<string, number>(),
  ]);
  return (subject = '') => {
    const profile = profiles.get(subject);
    const tier = tiers && profile?.traits[tiers.of];
    const version = accepted.get(subject);
    return {
      ...(profile && { owner: profile.anchors }),
      ...(tier !== undefined && { tier }),
      ...(version !== undefined && { accepted: version }),
    };
  };
}

/** Those of the records that the rule has ended for their owners, and that no hold keeps. */
export async function overForOwner(
  world: Reader,
  collection: string,
  records: readonly FactRecord[],
  { rule, now, aheadMs, holds, redaction }: RuleDue,
): Promise<FactRecord[]> {
  const factsOf = await ownerFacts(
    world,
    rule,
    records.map(({ owner }) => owner),
  );
  return records.filter(({ owner, anchors, predicates }) => {
    const record = {
      collection,
      anchors,
      predicates,
      ...factsOf(owner),
      ...(owner !== undefined && { subject: owner }),
    };
    const { outcome } = redaction
      ? decideRedaction(world.policy, record, redaction, holds, now, { aheadMs })
      : decideRetention(world.policy, record, holds, now, { aheadMs });
    return outcome !== 'keep' && outcome !== 'undetermined';
  });
}

/** The records that are over for their owners, a page of candidates at a time; a page may have none. */
export async function* pagesOverForOwner(
  world: Reader,
  collection: string,
  due: RuleDue,
  limit: number,
): AsyncGenerator<FactRecord[]> {
  let after: unknown;
  do {
    const page = await world.data.candidates(collection, { ...due, limit }, after);
    yield await overForOwner(world, collection, page.records, due);
    after = page.next;
  } while (after !== undefined);
}

/**
 * The records of a unit but those that stay after all: since it was written, an owner may have changed to a longer plan
 * or accepted a later notice. Where the rule does not ask for the owner, the database's own guard says so.
 */
export async function stillOver(world: Reader, unit: Unit, due: RuleDue): Promise<readonly unknown[]> {
  const { collection, ids, redaction } = unit;
  if (!dependsOnOwner(due.rule)) return ids;
  const there = await world.data.factsOf(collection, ids, redaction);
  const over = await overForOwner(world, collection, there, redaction ? { ...due, redaction } : due);
  const stays = new Set(there.filter((each) => !over.includes(each)).map(({ id }) => String(id)));
  return ids.filter((id) => !stays.has(String(id)));
}
