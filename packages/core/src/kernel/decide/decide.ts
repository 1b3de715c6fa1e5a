import type { Decision, Facts, Question } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import { type DecisionTable, decisionTable } from './decisionTable.ts';
import { tableOf } from './policyTable.ts';
import { demandQuestion } from './questionInvalid.ts';
import { weigh } from './weigh.ts';

/**
 * Whether a use, a disclosure or a view is allowed. One rule that forbids outweighs all that permit; a fact that is
 * needed and unknown leaves it undetermined; what nothing permits is forbidden. Reasons are sorted by rule. The same question
 * about people whom the rules cannot tell apart has one and the same frozen answer.
 * @throws KeptError QUESTION_INVALID for a word that the vocabulary does not have; an unlisted recipient is forbidden
 */
export function decide(policy: Policy, facts: Facts, question: Question, now: Date): Decision {
  const table = tableFor(policy, now);
  const row = table.rowOf(question);
  if (row === undefined) demandQuestion(question);
  const seat = table.seatOf(facts, now);
  if (seat === undefined) return unreadable;
  if (row !== undefined) return table.answer(row, seat);
  return weigh({ policy, table: tableOf(policy), facts: seat.facts, question, now });
}

/** A word at no instant may be a withdrawal. */
const unreadable: Decision = Object.freeze({
  outcome: 'undetermined',
  because: Object.freeze([{ rule: 'facts', clause: '', text: 'a date in what is known of the person cannot be read' }]),
  missing: Object.freeze(['facts']),
  terms: Object.freeze([]),
});

/** Tables of the last days asked about; a day that comes back finds its own or has one made that answers the same. */
const tables = new WeakMap<Policy, DecisionTable[]>();
const MOST_DAYS = 4;

let latest: { readonly policy: Policy; readonly table: DecisionTable } | undefined;

/** The decisions of a policy on the day of `now`, for whoever asks many questions: see `DecisionTable`. */
export function tableFor(policy: Policy, now: Date): DecisionTable {
  const instant = now.getTime();
  if (latest?.policy === policy && isOf(latest.table, instant)) return latest.table;
  const known = (tables.get(policy) ?? []).filter((one) => !one.isFull());
  const table = known.find((one) => isOf(one, instant)) ?? decisionTable(policy, now);
  tables.set(policy, [table, ...known.filter((one) => one !== table)].slice(0, MOST_DAYS));
  latest = { policy, table };
  return table;
}

function isOf(table: DecisionTable, instant: number): boolean {
  return instant >= table.from && instant < table.until && !table.isFull();
}
