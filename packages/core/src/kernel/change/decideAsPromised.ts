import { decide } from '../decide/decide.ts';
import { isThirdCountry } from '../decide/thirdCountry.ts';
import type { Decision, Facts, Question } from '../decision.ts';
import type { Policy, Recipient } from '../policy/policy.ts';
import { comparedSpans } from './periodWords.ts';

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
 * a state that got a law are no promises: those are read as they stand now. So is what a recipient is; one that went abroad,
 * or keeps longer what it gets, is not the one that was named.
 */
export function promiseOf(earlier: Policy, inForce: Policy): Policy {
  const { vocabulary, residence } = inForce;
  const recipients = earlier.recipients.flatMap((recipient): Recipient[] => {
    const { agreement: _, safeguard, ...named } = recipient;
    const now = inForce.recipients.find(({ name }) => name === recipient.name);
    if (now === undefined) return [{ ...named, ...(safeguard && { safeguard }) }];
    if (isAnother(recipient, now, earlier)) return [];
    const { kind, country } = now;
    const needsAgreement = recipient.needsAgreement || now.needsAgreement;
    const under = {
      ...(now.agreement && { agreement: now.agreement }),
      ...(now.safeguard && { safeguard: now.safeguard }),
    };
    return [{ ...named, kind, country, needsAgreement, ...under }];
  });
  return { ...earlier, recipients, vocabulary, residence };
}

function isAnother(named: Recipient, now: Recipient, { controller }: Policy): boolean {
  const abroad = now.country !== named.country && isThirdCountry(now.country, controller.country);
  return abroad || comparedSpans(named.keeps, now.keeps) === 'longer';
}

function rank({ outcome }: Decision): number {
  return strictest.indexOf(outcome);
}
