import type { Promises } from '../host.ts';
import { Refusal } from '../web/refusal.ts';

/** As the policies name it. */
const purpose = 'service.generation';

/** Asks the policy before a model gets anything, its provider's or, without a recipient, our own; without a clear yes none does. */
export async function askPromises(
  kept: Pick<Promises, 'decide'>,
  {
    withPicture,
    ...wish
  }: {
    subject: string;
    generation: string;
    withPicture: boolean;
    recipient?: string;
    /** What comes in now is under the notice of today; absent: some of it may be from before. */
    collected?: Date;
  },
): Promise<void> {
  const categories = withPicture ? ['generation.prompt', 'generation.reference'] : ['generation.prompt'];
  for (const category of categories) {
    const decision = await kept.decide({ ...wish, purpose, category });
    if (decision.outcome === 'permitted') continue;
    const why = decision.because.map((reason) => reason.text).join('; ');
    throw new Refusal(403, `This video was not made: ${why || 'it is not clear that the privacy policy allows it'}`);
  }
}
