import { makePackage } from '../../packages/makePackage.ts';
import { packageAnswer } from '../../packages/packageAnswer.ts';
import type { World } from '../../world.ts';
import { type CopyScope, copyScope } from '../access/copyScope.ts';
import type { Executor } from '../executor.ts';
import { nobody } from '../nobody/nobody.ts';
import { portabilityContents } from './portabilityContents.ts';

/** Portability (Art 20 GDPR): the data in forms that another service reads. Where nothing may be carried, that is the answer. */
export const portability: Executor = {
  async run(world, request, beat) {
    const { collections } = await copyScope(world, request, 'portability');
    if (!(await holdsOneOf(world, request.subject, collections))) return { missing: [] };
    return makePackage(world, request, portabilityContents(world, request), beat);
  },

  answer: (world, request) => (request.handedOver ? packageAnswer(world, request) : nobody.answer(world, request)),
};

async function holdsOneOf(world: World, subject: string, collections: CopyScope['collections']): Promise<boolean> {
  for (const { collection } of collections) {
    if ((await world.data.recordsOf(subject, collection.name, 1)).length > 0) return true;
  }
  return false;
}
