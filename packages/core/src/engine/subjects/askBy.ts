import { decideAsPromised } from '../../kernel/change/decideAsPromised.ts';
import { notBeforeLastWord } from '../../kernel/consent/notBeforeLastWord.ts';
import type { Decision, Facts, Question } from '../../kernel/decision.ts';
import type { SubjectQuestion } from '../kept.ts';
import type { World } from '../world.ts';
import type { KnownFacts } from './knownFacts.ts';

export type Ask = (question: Question) => Decision;

/** What is known of a person at one moment. */
export interface Known {
  readonly facts: KnownFacts;
  readonly person: Pick<Facts, 'country' | 'age'>;
}

/** Answers questions about a person by what is known: under the version in force, and under those that still bind. */
export function askBy(
  world: World,
  { facts: known, person }: Known,
  { visibility, collected }: Pick<SubjectQuestion, 'visibility' | 'collected'>,
  now: Date,
): Ask {
  const holds = known.holds.filter(({ until }) => until === undefined || until > now);
  const facts: Facts = {
    ...person,
    consents: known.consents,
    objections: known.objections,
    restricted: holds.some(({ kind }) => kind === 'restriction'),
    held: holds.some(({ kind }) => kind === 'legal'),
    ...(visibility !== undefined && { visibility }),
  };
  const promised = world.promised.filter(
    ({ version, until }) =>
      (collected === undefined || collected < until) && (known.accepted ?? Number.NEGATIVE_INFINITY) <= version,
  );
  const heard = notBeforeLastWord(known.objections, notBeforeLastWord(known.consents, now));
  return (question) => decideAsPromised(world.policy, promised, facts, question, heard);
}
