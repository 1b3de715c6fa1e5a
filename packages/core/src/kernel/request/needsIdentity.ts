import type { Right } from '../classify/right.ts';

/** What harms nobody, whoever asks for it: a yes is taken back, and can be given again. */
const HARMLESS: readonly Right[] = ['withdraw-consent', 'optout-training', 'optout-marketing', 'optout-sale'];

/**
 * Whether somebody must prove who they are before it is carried out. A consent is withdrawn as easily as it was given (Art 7(3)
 * GDPR), and no proof may be asked for an opt-out (11 CCR 7026(d)): there a mail from the registered address is enough. For
 * somebody else's address it is not, since nobody but its owner is to learn that there is an account.
 */
export function needsIdentity({ right, requester, about }: Asked): boolean {
  return !HARMLESS.includes(right) || about === undefined || requester.address !== about.address;
}

interface Asked {
  readonly right: Right;
  readonly requester: { readonly address: string };
  readonly about?: { readonly address: string };
}
