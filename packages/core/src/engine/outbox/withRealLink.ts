import { recipientLink } from '../notifications/recipientLink.ts';
import { confirmationLink } from '../requests/confirmation.ts';
import type { OutboxLetter } from '../stored.ts';
import type { World } from '../world.ts';

/** Stands for the link in what is stored and shown to staff: only the letter that leaves the house carries the real one. */
export const HIDDEN_LINK: string = '(one-time link, in the sent letter only)';

/** The text of a letter as it leaves the house. */
export async function withRealLink(
  world: World,
  { text, confirms, tells }: Pick<OutboxLetter, 'text' | 'confirms' | 'tells'>,
): Promise<string> {
  if (confirms) return text.replace(HIDDEN_LINK, await confirmationLink(world, confirms));
  return tells ? text.replace(HIDDEN_LINK, await recipientLink(world, tells)) : text;
}
