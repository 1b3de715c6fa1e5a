import { recipientLink } from '../notifications/recipientLink.ts';
import { packageLink } from '../packages/openPackage.ts';
import { confirmationLink } from '../requests/confirmation.ts';
import type { OutboxLetter } from '../stored.ts';
import type { World } from '../world.ts';

/** Stands for the link in what is stored and shown to staff: only the letter that leaves the house carries the real one. */
export const HIDDEN_LINK: string = '(one-time link, in the sent letter only)';

/** The text of a letter as it leaves the house. */
export async function withRealLink(
  world: World,
  letter: Pick<OutboxLetter, 'text' | 'confirms' | 'tells' | 'letter' | 'request'>,
): Promise<string> {
  const link = await linkIn(world, letter);
  return link === undefined ? letter.text : letter.text.replace(HIDDEN_LINK, link);
}

async function linkIn(
  world: World,
  { confirms, tells, letter, request }: Pick<OutboxLetter, 'confirms' | 'tells' | 'letter' | 'request'>,
): Promise<string | undefined> {
  if (confirms) return confirmationLink(world, confirms);
  if (tells) return recipientLink(world, tells);
  return letter === 'rights-package-ready' && request ? packageLink(world, request) : undefined;
}
