import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';

/** That a person accepted a version of the notice. */
export interface Acceptance extends Stored {
  readonly subject: string;
  readonly policyVersion: number;
  readonly at: Date;
  /** Where they did, such as the page of the notice. */
  readonly source: string;
}

/** The newest version that each of these people has accepted; those who accepted none are left out. */
export async function acceptedVersions(
  world: Pick<World, 'service' | 'records'>,
  subjects: readonly string[],
): Promise<Map<string, number>> {
  const where = { service: world.service, subject: { in: subjects } };
  const versions = new Map<string, number>();
  for (const { subject, policyVersion } of await world.records.collection<Acceptance>('acceptances').find(where)) {
    versions.set(subject, Math.max(policyVersion, versions.get(subject) ?? 0));
  }
  return versions;
}
