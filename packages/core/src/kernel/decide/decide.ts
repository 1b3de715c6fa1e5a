import type { Decision, Facts, Question, Reason } from '../decision.ts';
import { insteadOf } from '../policy/nearestWord.ts';
import type { Policy } from '../policy/policy.ts';
import { personVoices } from './personVoices.ts';
import { tableOf } from './policyTable.ts';
import { prohibitions, purposeVoices } from './purposeVoices.ts';
import { questionInvalid } from './questionInvalid.ts';
import { recipientVoices } from './recipientVoices.ts';
import { viewerVoices } from './viewerVoices.ts';
import type { Inquiry, Voice } from './voice.ts';

/**
 * Whether a use, a disclosure or a view is allowed. One rule that forbids outweighs all that permit; a fact that is
 * needed and unknown leaves it undetermined; what nothing permits is forbidden. Reasons are sorted by rule.
 * @throws KeptError QUESTION_INVALID for a word that the vocabulary does not have; an unlisted recipient is forbidden
 */
export function decide(policy: Policy, facts: Facts, question: Question, now: Date): Decision {
  const table = tableOf(policy);
  if (!table.purposes.has(question.purpose)) {
    throw questionInvalid('purpose', question.purpose, insteadOf(question.purpose, [...table.purposes]));
  }
  if (!table.categories.has(question.category)) {
    throw questionInvalid('category', question.category, insteadOf(question.category, [...table.categories]));
  }

  const inquiry: Inquiry = { policy, table, facts, question, now };
  // A person who looks at what is theirs needs no purpose of ours.
  const voices =
    question.viewer === 'owner'
      ? [...prohibitions(inquiry), ...viewerVoices(inquiry)]
      : [
          ...prohibitions(inquiry),
          ...purposeVoices(inquiry),
          ...personVoices(inquiry),
          ...recipientVoices(inquiry),
          ...viewerVoices(inquiry),
        ];
  return weigh(voices);
}

function weigh(voices: readonly Voice[]): Decision {
  const effects = ['forbid', 'unknown', 'allow'] as const;
  const effect = effects.find((one) => voices.some((voice) => voice.effect === one)) ?? 'forbid';
  const speaking = voices.filter((voice) => voice.effect === effect);
  return {
    outcome: effect === 'forbid' ? 'forbidden' : effect === 'unknown' ? 'undetermined' : 'permitted',
    because: distinct(speaking.map((voice) => voice.reason)),
    missing: [...new Set(speaking.flatMap((voice) => voice.missing ?? []))].sort(),
    terms: [...new Set(speaking.flatMap((voice) => voice.terms ?? []))].sort(),
  };
}

function distinct(reasons: readonly Reason[]): Reason[] {
  const key = ({ rule, clause, text }: Reason): string => `${rule}\n${clause}\n${text}`;
  const byKey = new Map(reasons.map((reason) => [key(reason), reason]));
  return [...byKey.keys()].sort().flatMap((each) => byKey.get(each) ?? []);
}
