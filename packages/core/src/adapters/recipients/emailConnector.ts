import { mailAddress } from '../../engine/mail/mailAddress.ts';
import type { RecipientConnector } from '../../engine/ports/recipientConnector.ts';
import { KeptError } from '../../kernel/keptError.ts';

/** Tells a recipient by a letter with a date and a link under which it says that it is done. Throws CONNECTOR_INVALID. */
export function emailConnector(
  to: string,
  options: Pick<RecipientConnector, 'answerWithinDays' | 'referencesOf'> = {},
): RecipientConnector {
  const address = mailAddress(to);
  if (address === undefined) {
    throw new KeptError('CONNECTOR_INVALID', 'This is no address to which a letter can go', {
      place: 'emailConnector',
      remedy: 'Give the address of the recipient’s data protection contact.',
    });
  }
  return {
    ...options,
    async tell(_notice, means) {
      await means.letter(address);
      return {};
    },
  };
}
