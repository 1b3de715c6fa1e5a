import type { Right } from '../classify/right.ts';
import { isAddressSubject } from './addressSubject.ts';

/** What harms nobody, whoever asks for it: a yes is taken back, and can be given again. */
const HARMLESS: readonly Right[] = ['withdraw-consent', 'optout-training', 'optout-marketing', 'optout-sale'];

/**
 * Whether somebody must prove who they are before it is carried out. A consent is withdrawn as easily as it was given (Art 7(3)
 * GDPR), and no proof may be asked for an opt-out (11 CCR 7026(d)): there a mail from the registered address is enough. For
 * somebody else's address it is not, since nobody but its owner is to learn that there is an account; nor for one that is in no
 * record, since nobody but its owner is to learn that.
 */
export function needsIdentity({ right, requester, about }: Asked): boolean {
  if (!HARMLESS.includes(right) || about === undefined || isAddressSubject(about.subject)) return true;
  return requester.address !== about.address;
}

interface Asked {
  readonly right: Right;
  readonly requester: { readonly address: string };
  readonly about?: { readonly subject: string; readonly address: string };
}
