import { KeptError } from '../../kernel/keptError.ts';

const LONGEST = 512;

/**
 * Refuses what cannot be the key of a data subject: in a host's hands it may come from a request's body, and an object there
 * could be read as an operator of the database.
 * @throws KeptError SUBJECT_INVALID
 */
export function demandSubject(subject: unknown): asserts subject is string {
  if (typeof subject === 'string' && subject !== '' && subject.length <= LONGEST) return;
  throw new KeptError('SUBJECT_INVALID', 'A data subject is named by the string form of its key', {
    place: 'subject',
    remedy: `Hand over a text of 1 to ${LONGEST} characters, such as String(user._id).`,
  });
}
