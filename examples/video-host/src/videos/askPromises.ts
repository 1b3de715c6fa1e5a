import type { Promises } from '../host.ts';
import { Refusal } from '../web/refusal.ts';

/** As the policy names them. */
const purpose = 'service.generation';
const recipient = 'fal-ai';

/** Asks the policy before anything is handed to the model provider; without a clear yes nothing is. */
export async function askPromises(
  kept: Promises,
  { subject, generation, withPicture }: { subject: string; generation: string; withPicture: boolean },
): Promise<void> {
  const categories = withPicture ? ['generation.prompt', 'generation.reference'] : ['generation.prompt'];
  for (const category of categories) {
    const decision = await kept.decide({ subject, purpose, category, recipient, generation });
    if (decision.outcome === 'permitted') continue;
    const why =
      decision.because.map((reason) => reason.text).join(' ') || 'It is not clear that the privacy policy allows it.';
    throw new Refusal(403, `This video was not made. ${why}`);
  }
}
