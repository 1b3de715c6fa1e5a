import { KeptError } from '../../kernel/keptError.ts';
import { holdsCardNumber } from '../../kernel/sensitive/cardNumbersIn.ts';

const SHORTEST = 5;
const LONGEST = 300;

/** A reason may outlast the person, so it names none. Throws REASON_INVALID. */
export function demandViewReason(given: unknown): string {
  const reason = typeof given === 'string' ? given.trim() : '';
  const isLong = reason.length >= SHORTEST && reason.length <= LONGEST;
  if (isLong && !reason.includes('@') && !holdsCardNumber(reason)) return reason;
  throw new KeptError('REASON_INVALID', 'Looking at somebody’s data needs a reason', {
    place: 'reason',
    remedy: `Write ${SHORTEST} to ${LONGEST} characters, such as a ticket or an incident, without an address or a card number.`,
  });
}
