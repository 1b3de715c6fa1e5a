import { KeptError } from '../../kernel/keptError.ts';
import { event, fresh } from '../aggregate.ts';
import type { UnacceptedChange } from '../keptPolicies.ts';
import { changing } from '../subjects/stamps.ts';
import type { World } from '../world.ts';
import { type Acceptance, acceptedVersions } from './acceptances.ts';
import { type Activation, inForceId, type PolicyInForce, type PolicyVersion, versionId } from './policyRecords.ts';

/** Records that a person accepted a version of the notice. It gives no consent: that takes a choice of its own. */
export async function accept(
  world: World,
  subject: string,
  source: string,
  version: number = world.policy.version,
): Promise<void> {
  const now = world.clock.now();
  const versions = (await history(world)).map((each) => each.version);
  if (!versions.includes(version)) {
    throw new KeptError('POLICY_INVALID', `No version ${version} of the notice was ever active`, {
      place: 'version',
      remedy: `Accept version ${world.policy.version}.`,
    });
  }
  const mark = world.crypto.sha256(`${world.service}\n${subject}\n${version}`).slice(0, 24);
  const accepted = event(world, 'PolicyAccepted', now, { subject, version, source });
  const acceptance: Acceptance = {
    ...fresh(world, `acceptance-${mark}`, [accepted]),
    subject,
    policyVersion: version,
    at: now,
    source,
  };
  await changing(world, subject, () => world.records.collection<Acceptance>('acceptances').insert(acceptance));
}

/** Versions with material changes that a person has not accepted, oldest first. */
export async function unaccepted(world: World, subject: string): Promise<UnacceptedChange[]> {
  const [past, accepted] = await Promise.all([history(world), acceptedVersions(world, [subject])]);
  const since = accepted.get(subject) ?? Number.NEGATIVE_INFINITY;
  const open = past.filter(({ version, counts }) => counts.material > 0 && version > since);
  const changes: UnacceptedChange[] = [];
  for (const each of open)
    changes.push({ version: each.version, since: each.since, changes: await wordsOf(world, each) });
  return changes;
}

export async function history(world: World): Promise<readonly Activation[]> {
  return (await world.records.collection<PolicyInForce>('policies').get(inForceId(world)))?.history ?? [];
}

/** What people would decide by, in words. */
export async function wordsOf(world: World, { hash }: Pick<Activation, 'hash'>): Promise<string[]> {
  const stored = await world.records.collection<PolicyVersion>('policies').get(versionId(world, hash));
  return (stored?.changes ?? []).filter(({ material }) => material).map(({ text }) => text);
}
