import { makePackage } from '../../packages/makePackage.ts';
import { packageAnswer } from '../../packages/packageAnswer.ts';
import { copyScope } from '../access/copyScope.ts';
import type { Executor } from '../executor.ts';
import { nobody } from '../nobody/nobody.ts';
import { portabilityContents } from './portabilityContents.ts';

/** Portability (Art 20 GDPR): the data in forms that another service reads. Where nothing may be carried, that is the answer. */
export const portability: Executor = {
  async run(world, request, beat) {
    const { collections } = await copyScope(world, request, 'portability');
    const found = await world.data.survey(request.subject);
    const isThere = collections.some(({ collection }) =>
      found.some((each) => each.collection === collection.name && each.count > 0),
    );
    if (!isThere) return { missing: [] };
    return makePackage(world, request, portabilityContents(world, request), beat);
  },

  answer: (world, request) => (request.handedOver ? packageAnswer(world, request) : nobody.answer(world, request)),
};
