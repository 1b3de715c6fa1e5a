import type { Decision, Reason } from '../decision.ts';
import { insteadOf } from '../policy/nearestWord.ts';
import { personVoices } from './personVoices.ts';
import { prohibitions, purposeVoices } from './purposeVoices.ts';
import { questionInvalid } from './questionInvalid.ts';
import { recipientVoices } from './recipientVoices.ts';
import { viewerVoices } from './viewerVoices.ts';
import type { Inquiry, Voice } from './voice.ts';

/**
 * Lets every rule speak on one question and weighs what they say: one that forbids outweighs all that permit; a fact that is
 * needed and unknown leaves it undetermined; what nothing permits is forbidden. The answer is frozen, because tables keep it.
 */
export function weigh(inquiry: Inquiry): Decision {
  const { table, question } = inquiry;
  demandWord('purpose', question.purpose, table.purposes);
  demandWord('category', question.category, table.categories);

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
  return outcomeOf(voices);
}

function outcomeOf(voices: readonly Voice[]): Decision {
  const effects = ['forbid', 'unknown', 'allow'] as const;
  const effect = effects.find((one) => voices.some((voice) => voice.effect === one)) ?? 'forbid';
  const speaking = voices.filter((voice) => voice.effect === effect);
  return Object.freeze({
    outcome: effect === 'forbid' ? 'forbidden' : effect === 'unknown' ? 'undetermined' : 'permitted',
    because: distinct(speaking.map((voice) => voice.reason)),
    missing: Object.freeze([...new Set(speaking.flatMap((voice) => voice.missing ?? []))].sort()),
    terms: Object.freeze([...new Set(speaking.flatMap((voice) => voice.terms ?? []))].sort()),
  } as const);
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  const key = ({ rule, clause, text }: Reason): string => `${rule}\n${clause}\n${text}`;
  const byKey = new Map(reasons.map((reason) => [key(reason), reason]));
  const sorted = [...byKey.keys()].sort().flatMap((each) => byKey.get(each) ?? []);
  return Object.freeze(sorted.map((reason) => Object.freeze(reason)));
}

function demandWord(what: string, word: string, known: ReadonlySet<string>): void {
  if (!known.has(word)) throw questionInvalid(what, word, insteadOf(String(word).slice(0, LONGEST), [...known]));
}

/** No word is longer; what is longer is not searched for its nearest. */
const LONGEST = 100;
