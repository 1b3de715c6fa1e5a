import type { Claimed, EndedRequest } from '../rights/executor.ts';
import type { World } from '../world.ts';
import { packageState } from './openPackage.ts';
import { MANIFEST } from './packPart.ts';
import { packageId, type StoredPackage } from './storedPackage.ts';

/** The package of a request as it lies ready, by the sums of its parts; whoever fetches it has a receipt of that besides. */
export async function packageClaims(world: World, { _id }: EndedRequest): Promise<Claimed> {
  const made = await world.records.collection<StoredPackage>('packages').get(packageId(_id));
  if (made?.state !== 'ready' || !made.readyAt || !made.availableUntil) {
    return { claims: [], notClaimed: ['That the package lies ready: it is gone, or its time is over.'] };
  }
  const { records, files, parts } = packageState(made);
  return {
    claims: [
      {
        what: 'package-made',
        readyAt: made.readyAt.toISOString(),
        availableUntil: made.availableUntil.toISOString(),
        ...{ records, files },
        manifest: MANIFEST,
        parts: parts.map(({ number, sha256, bytes }) => ({ part: number, sha256, bytes })),
      },
    ],
    notClaimed: ['That the package was fetched: its own receipt of delivery says so, once it was.'],
  };
}
