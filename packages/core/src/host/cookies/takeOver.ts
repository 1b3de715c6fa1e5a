import type { Kept } from '../../engine/kept.ts';
import type { VisitorChoice } from './visitorChoices.ts';

const SOURCE = 'chosen before sign-in';

/**
 * Hands what a browser chose to the account that signed in with it. A no counts where it is the newest word; a yes only where
 * the account has said nothing, since others may have used the browser, and none where the browser sends a signal: the
 * account is asked by itself then.
 */
export async function takeOver(
  kept: Pick<Kept, 'consents'>,
  subject: string,
  choices: readonly VisitorChoice[],
  isSignalled: boolean,
): Promise<void> {
  if (choices.length === 0) return;
  const history = await kept.consents.history(subject);
  for (const { flag, what, at } of choices) {
    const last = history.filter((one) => one.flag === flag).at(-1);
    if (what === 'withdrawn' && (last === undefined || (last.what === 'given' && last.at <= at))) {
      await kept.consents.withdraw(subject, flag, SOURCE);
    }
    if (what === 'given' && last === undefined && !isSignalled) await kept.consents.give(subject, flag, SOURCE);
  }
}
