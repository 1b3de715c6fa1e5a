import type { Occasion } from '@kept/core';
import { passToModel } from '../../src/videos/passToModel.ts';
import type { ModelInput } from '../../src/videos/sendToModel.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { VideoApi } from './videoApi.ts';

/** What the model gets: of another's, what may leave to its operator; of our own, all, where the policy clearly says yes. */
export async function handOver(
  { kept, modelsOf }: VideoApi,
  occasion: Occasion,
  wish: ModelInput,
): Promise<ModelInput> {
  if (modelsOf !== 'ourselves') return passToModel<ModelInput>(kept.egress(modelsOf, occasion), wish);
  const { purpose = '', ...who } = occasion;
  const categories = wish.image ? ['generation.prompt', 'generation.reference'] : ['generation.prompt'];
  for (const category of categories) {
    const { outcome, because } = await kept.decide({ ...who, purpose, category });
    if (outcome === 'permitted') continue;
    const why = because.map((reason) => reason.text).join('; ');
    throw new Refusal(403, `This video was not made: ${why || 'it is not clear that the privacy policy allows it'}`);
  }
  return wish;
}
