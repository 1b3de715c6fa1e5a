import type { Message } from '../stored.ts';

/** Who wrote, where the host's sign-in said who it is and no mail did. */
export const SIGNED_IN_PERSON = 'the person, signed in';

export function isBySignedInPerson({ from, mail }: Pick<Message, 'from' | 'mail'>): boolean {
  return from === SIGNED_IN_PERSON && mail === undefined;
}
