import { localDateOf } from '../../kernel/clock/localDate.ts';
import { acceptedVersions } from '../policy/acceptances.ts';
import type { ConsentRecord, ObjectionRecord, StoredHold } from '../stored.ts';
import type { World } from '../world.ts';
import { type Ask, askBy } from './askBy.ts';
import { profileFacts } from './personFacts.ts';

/** Loads what is known of many people in a few reads, and answers questions about each of them. Throws where it cannot be loaded. */
export async function askAboutMany(
  world: World,
  subjects: readonly string[],
  now: Date,
): Promise<(subject: string) => Ask> {
  const { service, records, data, policy } = world;
  const theirs = { service, subject: { in: subjects } };
  const [consents, objections, holds, accepted, profiles] = await Promise.all([
    records.collection<ConsentRecord>('consents').find(theirs),
    records.collection<ObjectionRecord>('objections').find(theirs),
    records.collection<StoredHold>('holds').find({ service, subject: { in: [...subjects, null] } }),
    acceptedVersions(world, subjects),
    data.profilesOf(subjects),
  ]);
  const consentsOf = new Map(consents.map(({ subject, events }) => [subject, events]));
  const objectionsOf = new Map(objections.map(({ subject, events }) => [subject, events]));
  const holdsOf = Map.groupBy(holds, ({ subject }) => subject ?? null);
  const { year } = localDateOf(now, policy.controller.zone);

  return (subject) => {
    const version = accepted.get(subject);
    const facts = {
      consents: consentsOf.get(subject) ?? [],
      objections: objectionsOf.get(subject) ?? [],
      holds: [...(holdsOf.get(subject) ?? []), ...(holdsOf.get(null) ?? [])],
      ...(version !== undefined && { accepted: version }),
    };
    return askBy(world, { facts, person: profileFacts(profiles.get(subject), year) }, {}, now);
  };
}
