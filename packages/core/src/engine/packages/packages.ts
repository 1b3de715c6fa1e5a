import { demandText } from '../demandText.ts';
import type { Packages } from '../keptPackages.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { askForPart, downloadPart } from './downloadPart.ts';
import { expirePackages } from './endPackages.ts';
import { packageBy, packageState } from './openPackage.ts';
import { packageId, type StoredPackage } from './storedPackage.ts';

const LONGEST_ID = 200;

export function packages(world: World): Packages {
  const records = world.records.collection<StoredPackage>('packages');
  const { service } = world;

  return {
    async of(subject) {
      demandSubject(subject);
      const all = await records.find({ service, subject }, { sort: { startedAt: -1, _id: 1 } });
      return all.map(packageState);
    },
    async ofRequest(request) {
      const made = await records.get(packageId(demandText(request, 'request', LONGEST_ID)));
      return made?.service === service ? packageState(made) : undefined;
    },
    open: async (way) => packageState(await packageBy(world, way)),
    ask: (way, part) => askForPart(world, way, part),
    download: (way, part, from) => downloadPart(world, way, part, from),
    receipt: async (way) => (await packageBy(world, way)).receipt,
    expire: () => expirePackages(world),
  };
}
