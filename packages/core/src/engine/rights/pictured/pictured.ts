import type { PicturedDecision } from '../../../kernel/request/picturedDecision.ts';
import type { Executor } from '../executor.ts';
import { coverFiles, filesOf } from './coverFiles.ts';
import { lookAgain, takeDown } from './takeDown.ts';
import { tellUploaders } from './tellUploaders.ts';
import { waitsForHold } from './waitsForHold.ts';
import { weighPictured } from './weighPictured.ts';

/**
 * Somebody who is shown in what another made. Two people's rights meet: neither learns of the other, each is told what was done
 * and on which ground.
 */
export const pictured: Executor = {
  weigh: weighPictured,
  waits: waitsForHold,

  async run(world, request, beat) {
    const { outcome, article, faces = [] } = request.decision as PicturedDecision;
    await tellUploaders(world, request, { covered: outcome === 'blur', article });
    return {
      missing: outcome === 'blur' ? await coverFiles(world, faces, beat) : await takeDown(world, request, beat),
    };
  },

  async claims(world, request) {
    const { outcome, article, faces = [] } = request.decision as PicturedDecision;
    if (outcome === 'blur') {
      // Each file that could not be covered is one of what is missing.
      const missing = request.status === 'partly-fulfilled' ? request.missing.length : 0;
      return { claims: [{ what: 'covered', article, files: filesOf(faces).length - missing }], notClaimed: [] };
    }
    const { gone, left } = await lookAgain(world, request);
    const notClaimed = left > 0 ? [`That ${left} more of the records are gone: they are there.`] : [];
    return { claims: [{ what: 'taken-down', article, records: gone }], notClaimed };
  },

  // Whoever reported it is told where reports are told of, a refusal included.
  answer: async () => undefined,
};
