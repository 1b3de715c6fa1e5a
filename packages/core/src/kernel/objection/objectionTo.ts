import type { ConsentEvent, Facts, ObjectionEvent } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';

/** What a person has said so far. */
export interface Said {
  readonly consents: readonly ConsentEvent[];
  readonly objections: readonly ObjectionEvent[];
}

/**
 * The objection to a purpose that stands at `now`. The newest word on it, or on a wider one, counts, so that a part can be
 * taken back of what was objected to as a whole. Of two words at one instant the objection wins.
 */
export function objectionTo(
  purpose: string,
  history: readonly ObjectionEvent[],
  now: Date,
): ObjectionEvent | undefined {
  const last = wordsOn(purpose, history, now).at(-1);
  return last?.what === 'objected' ? last : undefined;
}

/** What a person said, as a question about one purpose meets it; the kernel takes the objection that stands. */
export function saidOf(
  purpose: string,
  said: Said,
  policies: readonly Policy[],
  now: Date,
): Pick<Facts, 'consents' | 'objections'> {
  const standing = objectionTo(purpose, said.objections, now);
  if (standing) return { consents: said.consents, objections: [{ purpose: standing.purpose, at: standing.at }] };
  const flags = policies.flatMap((policy) => policy.consents.map(({ flag }) => flag));
  return { consents: consentsLeft(purpose, said, [...new Set(flags)], now), objections: [] };
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

function wordsOn(purpose: string, history: readonly ObjectionEvent[], now: Date): ObjectionEvent[] {
  return history
    .filter((one) => one.at <= now && covers(one.purpose, purpose))
    .sort((a, b) => a.at.getTime() - b.at.getTime() || Number(a.what === 'objected') - Number(b.what === 'objected'));
}
