import type { ConsentEvent, Facts, ObjectionWord } from '../decision.ts';
import { covers } from '../policy/vocabulary.ts';

/** What a person has said so far. */
export type Said = Pick<Facts, 'consents' | 'objections'>;

/**
 * The objection to a purpose that stands at `now`. The newest word on it, or on a wider one, counts, so that a part can be
 * taken back of what was objected to as a whole. Of two words at one instant the objection wins.
 */
export function objectionTo(purpose: string, history: Facts['objections'], now: Date): ObjectionWord | undefined {
  const last = wordsOn(purpose, history, now).at(-1);
  return last?.what === 'objected' ? last : undefined;
}

/**
 * The history of consents for one purpose: each objection to it took back those that it waits for, and to take back an
 * objection is not to give them anew.
 */
export function consentsLeft(
  purpose: string,
  { consents, objections }: Said,
  flags: readonly string[],
  now: Date,
): ConsentEvent[] {
  const objected = wordsOn(purpose, objections, now).filter(({ what }) => what === 'objected');
  const taken = objected.flatMap(({ at }) => flags.map((flag): ConsentEvent => ({ flag, what: 'withdrawn', at })));
  return [...consents, ...taken];
}

function wordsOn(purpose: string, history: Facts['objections'], now: Date): ObjectionWord[] {
  return history
    .filter((one) => one.at <= now && covers(one.purpose, purpose))
    .map(({ what = 'objected', ...word }) => ({ what, ...word }))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || Number(a.what === 'objected') - Number(b.what === 'objected'));
}
