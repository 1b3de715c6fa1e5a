import { makePackage } from '../../packages/makePackage.ts';
import { packageAnswer } from '../../packages/packageAnswer.ts';
import type { World } from '../../world.ts';
import { type CopyScope, copyScope } from '../access/copyScope.ts';
import { isAnything } from '../access/held.ts';
import type { Executor } from '../executor.ts';
import { nothingFound } from '../nobody/nobody.ts';
import { portabilityContents } from './portabilityContents.ts';

/** Portability (Art 20 GDPR): the data in forms that another service reads. Where nothing may be carried, that is the answer. */
export const portability: Executor = {
  async run(world, request, beat) {
    const { collections } = await copyScope(world, request, 'portability');
    if (!(await holdsOneOf(world, request.subject, collections))) return { missing: [] };
    return makePackage(world, request, portabilityContents(world, request), beat);
  },

  async answer(world, request) {
    if (request.handedOver) return packageAnswer(world, request);
    return nothingFound(world, request, await isAnything(world, await copyScope(world, request, 'access')));
  },
};

async function holdsOneOf(world: World, subject: string, collections: CopyScope['collections']): Promise<boolean> {
  for (const { collection } of collections) {
    if ((await world.data.recordsOf(subject, collection.name, 1)).length > 0) return true;
  }
  return false;
}
