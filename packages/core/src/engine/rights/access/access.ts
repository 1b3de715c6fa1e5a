import { makePackage } from '../../packages/makePackage.ts';
import { packageAnswer } from '../../packages/packageAnswer.ts';
import { packageClaims } from '../../packages/packageClaims.ts';
import { beatingWorld } from '../beatingWorld.ts';
import type { Executor } from '../executor.ts';
import { nobody } from '../nobody/nobody.ts';
import { nothingClaimed } from '../nobody/nothingClaimed.ts';
import { accessContents } from './accessContents.ts';
import { copyScope } from './copyScope.ts';
import { isAnything } from './held.ts';

/**
 * Access (Art 15 GDPR): a readable report with a copy of all data, in a package that waits for the person. Who is not known
 * here is told just that.
 */
export const access: Executor = {
  async run(world, request, beat) {
    const scope = await copyScope(world, request, 'access');
    if (!(await isAnything(world, scope))) return { missing: [] };
    return makePackage(world, request, accessContents(beatingWorld(world, beat), request), beat);
  },

  async claims(world, request) {
    if (request.handedOver) return packageClaims(world, request);
    return nothingClaimed(await isAnything(world, await copyScope(world, request, 'access')));
  },

  answer: (world, request) => (request.handedOver ? packageAnswer(world, request) : nobody.answer(world, request)),
};
