import { makePackage } from '../../packages/makePackage.ts';
import { packageAnswer } from '../../packages/packageAnswer.ts';
import { packageClaims } from '../../packages/packageClaims.ts';
import type { World } from '../../world.ts';
import { copyScope } from '../access/copyScope.ts';
import { isAnything } from '../access/held.ts';
import { beatingWorld } from '../beatingWorld.ts';
import type { EndedRequest, Executor, RunningRequest } from '../executor.ts';
import { nothingFound } from '../nobody/nobody.ts';
import { nothingClaimed } from '../nobody/nothingClaimed.ts';
import { portabilityContents } from './portabilityContents.ts';

/** Portability (Art 20 GDPR): the data in forms that another service reads. Where nothing may be carried, that is the answer. */
export const portability: Executor = {
  async run(world, request, beat) {
    if (!(await isAnyPortable(world, request))) return { missing: [] };
    return makePackage(world, request, portabilityContents(beatingWorld(world, beat), request), beat);
  },

  async claims(world, request) {
    if (request.handedOver) return packageClaims(world, request);
    return nothingClaimed(await isAnyPortable(world, request));
  },

  async answer(world, request) {
    if (request.handedOver) return packageAnswer(world, request);
    return nothingFound(world, request, await isAnything(world, await copyScope(world, request, 'access')));
  },
};

async function isAnyPortable(world: World, request: RunningRequest | EndedRequest): Promise<boolean> {
  const { collections } = await copyScope(world, request, 'portability');
  for (const { collection } of collections) {
    if ((await world.data.recordsOf(request.subject, collection.name, 1)).length > 0) return true;
  }
  return false;
}
