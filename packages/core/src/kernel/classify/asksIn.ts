import type { Asks } from '../request/asks.ts';
import { RESTRICTION_GROUNDS } from '../request/restrictionGround.ts';
import { MOST_STEPS, type RecognisedMail } from './classify.ts';
import { findHits, holdsAny } from './findHits.ts';
import { mailParts } from './mailParts.ts';
import type { Steps } from './pattern.ts';
import type { Name, Phrases } from './phrases.ts';
import type { Right } from './right.ts';
import { plainText, type Sentence, sentencesOf } from './sentences.ts';

/** Nobody explains a choice at more length; what is longer was not written for us. */
const MOST_READ = 32 * 1024;

/** What a mail names besides its right. Undefined where it names nothing, or several grounds: nothing is guessed. */
export function asksIn(
  { subjectLine, text }: Pick<RecognisedMail, 'subjectLine' | 'text'>,
  right: Right,
  phrases: Phrases,
): Asks | undefined {
  if (right !== 'objection' && right !== 'withdraw-consent' && right !== 'restriction') return undefined;
  const own = mailParts(plainText(text.slice(0, MOST_READ))).filter(({ kind }) => kind === 'own');
  const sentences = [plainText(subjectLine.slice(0, 1000)), ...own.map((part) => part.text)].flatMap((each) =>
    sentencesOf(each, phrases),
  );
  const steps: Steps = { count: 0 };
  if (right === 'restriction') {
    const grounds = wordsIn(sentences, phrases.named.grounds, steps);
    const ground = RESTRICTION_GROUNDS.find((known) => grounds.length === 1 && known === grounds[0]);
    return ground && { ground };
  }
  const asking = findHits(sentences, phrases, steps, MOST_STEPS).filter(({ phrase }) => phrase.target === right);
  const purposes = wordsIn([...new Set(asking.map(({ sentence }) => sentence))], phrases.named.purposes, steps);
  return purposes.length > 0 ? { purposes } : undefined;
}

function wordsIn(sentences: readonly Sentence[], names: readonly Name[], steps: Steps): string[] {
  const isNamed = ({ said }: Name): boolean =>
    sentences.some((sentence) => steps.count <= MOST_STEPS && holdsAny(sentence, said, steps));
  return names.filter(isNamed).map(({ word }) => word);
}
