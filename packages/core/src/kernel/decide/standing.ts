import type { ConsentEvent, Facts } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import { type PolicyTable, tableOf } from './policyTable.ts';

/** All that the rules can see of a person at one time, so that who is alike to them is decided upon once. */
export interface Standing {
  /** The same for all whom the rules cannot tell apart. */
  readonly key: string;
  /** Of whom it tells: the latest words only, at made-up instants that keep their order. */
  readonly facts: Facts;
  /** From the first millisecond to the last before the next word counts. */
  readonly from: number;
  readonly until: number;
}

interface Word {
  readonly at: number;
  readonly key: string;
  readonly put: (facts: Said, at: Date) => void;
}

interface Said {
  readonly consents: ConsentEvent[];
  readonly objections: Facts['objections'][number][];
}

/** What of a person's facts counts under this policy at `now`; undefined where a date cannot be read. */
export function standingOf(policy: Policy, facts: Facts, now: Date): Standing | undefined {
  const instant = now.getTime();
  let [from, until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { at } of [...facts.consents, ...facts.objections]) {
    const said = at?.getTime?.() ?? Number.NaN;
    if (Number.isNaN(said)) return undefined;
    if (said <= instant) from = Math.max(from, said);
    else until = Math.min(until, said);
  }

  const { country, restricted, held, visibility } = facts;
  const age = seenAge(policy, facts.age);
  const words = [...consentWords(tableOf(policy), facts, instant), ...objectionWords(facts, instant)];
  const said: Said = { consents: [], objections: [] };
  const order = inOrder(words, said);
  return {
    key: JSON.stringify([country, String(age), Boolean(restricted), Boolean(held), visibility, order]),
    facts: {
      ...(country !== undefined && { country }),
      ...(age !== undefined && { age }),
      ...(visibility !== undefined && { visibility }),
      ...said,
      restricted,
      held,
    },
    from,
    until,
  };
}

/** Below the lowest threshold one age is as another, and from the highest on as one that nobody knows. */
function seenAge({ children }: Policy, age: number | undefined): number | undefined {
  if (children === undefined || age === undefined) return undefined;
  const thresholds = [children.minimumAge, ...Object.values(children.byCountry)];
  return age >= Math.max(...thresholds) ? undefined : Math.max(age, Math.min(...thresholds) - 1);
}

/** The last word on each flag that a decision may ask for: those before it say nothing any more. */
function consentWords(table: PolicyTable, facts: Facts, now: number): Word[] {
  const flags = new Set(facts.consents.map(({ flag }) => flag).filter((flag) => table.flags.has(flag)));
  return [...flags].sort().flatMap((flag) => {
    const mine = facts.consents.filter((event) => event.flag === flag);
    const last = lastOf(mine, now, ({ what }) => what === 'withdrawn');
    if (last === undefined) return [];
    const { what } = last;
    const put = ({ consents }: Said, at: Date): void => void consents.push({ flag, what, at });
    return [{ at: last.at.getTime(), key: `${flag} ${what}`, put }];
  });
}

/** Of each purpose, the last word, and the last objection: it took consents back, even where it was itself taken back. */
function objectionWords(facts: Facts, now: number): Word[] {
  const isNo = ({ what = 'objected' }: Facts['objections'][number]): boolean => what === 'objected';
  return [...new Set(facts.objections.map(({ purpose }) => purpose))].sort().flatMap((purpose) => {
    const mine = facts.objections.filter((word) => word.purpose === purpose);
    const last = lastOf(mine, now, isNo);
    const objected = lastOf(mine.filter(isNo), now, isNo);
    return [...new Set([objected, last])].flatMap((word) => {
      if (word === undefined) return [];
      const what = isNo(word) ? 'objected' : 'withdrawn';
      const put = ({ objections }: Said, at: Date): void => void objections.push({ purpose, what, at });
      return [{ at: word.at.getTime(), key: `!${purpose} ${what}`, put }];
    });
  });
}

function lastOf<T extends { readonly at: Date }>(
  words: readonly T[],
  now: number,
  isNo: (word: T) => boolean,
): T | undefined {
  let last: T | undefined;
  for (const word of words) {
    const [at, before] = [word.at.getTime(), last?.at.getTime() ?? Number.NEGATIVE_INFINITY];
    if (at <= now && (at > before || (at === before && isNo(word)))) last = word;
  }
  return last;
}

/** Puts the words at instants 1, 2, …; those of one instant stay together. Without objections their order means nothing. */
function inOrder(words: readonly Word[], said: Said): string[] {
  const isOrdered = words.some(({ key }) => key.startsWith('!'));
  const ordered = isOrdered ? [...words].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1)) : words;
  let instant = 0;
  return ordered.map(({ at, key, put }, n) => {
    if (isOrdered && at !== ordered[n - 1]?.at) instant += 1;
    put(said, new Date(instant));
    return `${instant} ${key}`;
  });
}
