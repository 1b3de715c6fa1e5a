import { decide } from '../decide/decide.ts';
import type { Decision, Facts, Question } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';

/** An earlier version of the notice, and what it still promises about data that was collected under it. */
export interface Promised {
  readonly version: number;
  /** Made by `promiseOf`. */
  readonly policy: Policy;
}

const strictest: readonly Decision['outcome'][] = ['forbidden', 'undetermined', 'permitted'];

/**
 * Decides by the stricter of the version in force and the earlier ones that still bind: forbidden outweighs undetermined,
 * and that outweighs permitted. Where an earlier one speaks, its reasons say so.
 * @throws KeptError QUESTION_INVALID
 */
export function decideAsPromised(
  policy: Policy,
  promised: readonly Promised[],
  facts: Facts,
  question: Question,
  now: Date,
): Decision {
  const today = decide(policy, facts, question, now);
  const before = promised
    .map((each) => ({ version: each.version, decision: decide(each.policy, facts, question, now) }))
    .sort((one, other) => rank(one.decision) - rank(other.decision) || other.version - one.version);
  const [first] = before;
  if (first === undefined || rank(first.decision) >= rank(today)) {
    if (today.outcome !== 'permitted') return today;
    const terms = [today, ...before.map(({ decision }) => decision)].flatMap((each) => each.terms);
    return { ...today, terms: [...new Set(terms)].sort() };
  }
  const { version, decision } = first;
  const because = decision.because.map((reason) => ({
    ...reason,
    text: `${reason.text}; promised under version ${version}, not accepted since`,
  }));
  return { ...decision, because };
}

/**
 * The promises of an earlier version in the words and circumstances of the one in force. A renewed agreement, a new word or
 * a state that got a law are no promises: those are read as they stand now.
 */
export function promiseOf(earlier: Policy, inForce: Policy): Policy {
  const { vocabulary, residence } = inForce;
  const recipients = earlier.recipients.map(({ agreement: _, ...recipient }) => {
    const now = inForce.recipients.find(({ name }) => name === recipient.name);
    if (now === undefined) return recipient;
    return { ...recipient, needsAgreement: now.needsAgreement, ...(now.agreement && { agreement: now.agreement }) };
  });
  return { ...earlier, recipients, vocabulary, residence };
}

function rank({ outcome }: Decision): number {
  return strictest.indexOf(outcome);
}
