import { nodeCrypto } from '../../packages/core/src/adapters/crypto/nodeCrypto.ts';
import { mongoRecords } from '../../packages/core/src/adapters/records/mongoRecords.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import type { Scene } from '../support/scene.ts';

/** As much of the scene's world as a step needs that no use case offers by itself. */
export function worldOf({ db, kept, clock }: Scene): World {
  const { service, policy } = kept;
  return { service, policy, records: mongoRecords(() => db), crypto: nodeCrypto(), clock } as Partial<World> as World;
}
