import { memoryKeys, type Policy, settableClock } from '@kept/core';
import { nodeCrypto } from '../../../packages/core/src/adapters/crypto/nodeCrypto.ts';
import { memoryRecords } from '../../../packages/core/src/adapters/records/memoryRecords.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import type { PersonalValue } from '../../../packages/core/src/kernel/egress/personalMarks.ts';
import { START } from '../../support/scene.ts';

/** As much of a world as a gate needs, in memory. */
export function memoryWorld(policy: Policy, ownValues: () => Promise<readonly PersonalValue[]>): World {
  return {
    service: policy.pack,
    policy,
    promised: [],
    records: memoryRecords(),
    data: { ownValues, exists: async () => true, profilesOf: async () => new Map() },
    keys: memoryKeys(),
    crypto: nodeCrypto(),
    clock: settableClock(START),
    log: () => {},
  } as unknown as World;
}
