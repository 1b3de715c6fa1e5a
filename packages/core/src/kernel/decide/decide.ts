import type { Decision, Facts, Question } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import { tableOf } from './policyTable.ts';
import { demandQuestion } from './questionInvalid.ts';
import { seatOf } from './seats.ts';
import { weigh } from './weigh.ts';

/**
 * Whether a use, a disclosure or a view is allowed. One rule that forbids outweighs all that permit; a fact that is
 * needed and unknown leaves it undetermined; what nothing permits is forbidden. Reasons are sorted by rule. The same question
 * about people whom the rules cannot tell apart has one and the same frozen answer.
 * @throws KeptError QUESTION_INVALID for a word that the vocabulary does not have; an unlisted recipient is forbidden
 */
export function decide(policy: Policy, facts: Facts, question: Question, now: Date): Decision {
  const seat = seatOf(policy, facts, now);
  const row = seat?.table.rows.of(question);
  if (seat !== undefined && row !== undefined) return seat.table.answer(row, seat);
  demandQuestion(question);
  if (seat === undefined) return unreadable;
  return weigh({ policy, table: tableOf(policy), facts: seat.standing, question, now });
}

/** A word at no instant may be a withdrawal. */
const unreadable: Decision = Object.freeze({
  outcome: 'undetermined',
  because: Object.freeze([{ rule: 'facts', clause: '', text: 'a date in what is known of the person cannot be read' }]),
  missing: Object.freeze(['facts']),
  terms: Object.freeze([]),
});
