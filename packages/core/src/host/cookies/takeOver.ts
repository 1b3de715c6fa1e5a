import type { Kept } from '../../engine/kept.ts';
import { takenOver } from '../../kernel/consent/takenOver.ts';
import type { VisitorChoice } from './visitorChoices.ts';

const SOURCE = 'chosen before sign-in';

/** Hands what a browser chose to the account that signed in with it. */
export async function takeOver(
  kept: Pick<Kept, 'consents' | 'objections' | 'policy'>,
  subject: string,
  choices: readonly VisitorChoice[],
  isSignalled: boolean,
): Promise<void> {
  if (choices.length === 0) return;
  const [consents, objections] = await Promise.all([kept.consents.history(subject), kept.objections.history(subject)]);
  for (const { flag, what } of takenOver(kept.policy, { consents, objections }, choices, isSignalled)) {
    await kept.consents[what === 'given' ? 'give' : 'withdraw'](subject, flag, SOURCE);
  }
}
