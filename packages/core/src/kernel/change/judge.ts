import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { comparedSpans, type Span, spanWords } from './periodWords.ts';
import { balance, type Direction, type Said } from './policyChange.ts';

/** What stands on either side of a difference. */
export interface Between<R> {
  readonly a: Policy;
  readonly b: Policy;
  readonly before: R;
  readonly after: R;
  /** The rule's name for people, from the newer side. */
  readonly name: string;
}

/** Says what differs in one field of a rule. No answer stands for a difference in writing only. */
export type Judge<R, V> = (before: V, after: V, between: Between<R>) => readonly Said[];

/** A judge for each field: a field that is new in the format does not compile without one. */
export type Judges<R> = { readonly [K in keyof Required<R>]: Judge<R, R[K & keyof R]> };

/** What nobody decides by: names, links, references. */
export function wording<R, V>(what: string): Judge<R, V> {
  return (before, after, { name }) => [
    { text: `${name}: ${what} is ${shown(after)} instead of ${shown(before)}`, direction: 'neither', material: false },
  ];
}

export function weighed<R, V>(
  weigh: (before: V, after: V, between: Between<R>) => Direction,
  say: (after: V, before: V) => string,
  material = true,
): Judge<R, V> {
  return (before, after, between) => [
    {
      text: `${between.name}: ${say(after, before)}`,
      direction: weigh(before, after, between),
      material,
    },
  ];
}

/** A yes or no of which one protects less. */
export function either<R>(looser: boolean, yes: string, no: string, material = true): Judge<R, boolean> {
  return weighed(
    (_, after) => (after === looser ? 'loosens' : 'tightens'),
    (after) => (after ? yes : no),
    material,
  );
}

export interface WordsAspect<R> {
  /** What more words do to people's protection. */
  readonly more: Direction;
  readonly fewer: Direction;
  readonly gained: string;
  readonly lost: string;
  readonly label?: (word: string, policy: Policy) => string;
  readonly material?: boolean;
  /** Whether a word counts although a wider one stands beside it. */
  readonly countsBesideWider?: (word: string, between: Between<R>) => boolean;
}

/** A list of words: what a wider word includes is no difference, unless the rule says that it counts. */
export function wordList<R>(aspect: WordsAspect<R>): Judge<R, readonly string[]> {
  const { label = (word) => word, material = true, countsBesideWider = () => false } = aspect;
  return (before, after, between) => {
    const beyond = (words: readonly string[], others: readonly string[]): string[] =>
      words
        .filter((word) => !others.includes(word))
        .filter((word) => !others.some((other) => covers(other, word)) || countsBesideWider(word, between))
        .sort();
    const gained = beyond(after, before);
    const lost = beyond(before, after);
    const say = (
      words: readonly string[],
      kept: readonly string[],
      how: string,
      but: string,
      policy: Policy,
    ): string => {
      const parts = kept.filter((part) => words.some((word) => word !== part && covers(word, part))).sort();
      const rest = parts.length === 0 ? '' : `, ${but} ${parts.map((part) => label(part, policy)).join(', ')}`;
      return `${between.name}: ${how} ${words.map((word) => label(word, policy)).join(', ')}${rest}`;
    };
    const { a, b } = between;
    return [
      ...(gained.length === 0
        ? []
        : [{ text: say(gained, before, aspect.gained, 'and not only', b), direction: aspect.more, material }]),
      ...(lost.length === 0
        ? []
        : [{ text: say(lost, after, aspect.lost, 'except', a), direction: aspect.fewer, material }]),
    ];
  };
}

/** A list that may be absent: `absent` is what it then stands for, or undefined for everything there is. */
export function maybeList<R>(
  aspect: WordsAspect<R>,
  everything: { readonly came: Said; readonly went: Said },
): Judge<R, readonly string[] | undefined> {
  const list = wordList(aspect);
  return (before, after, between) => {
    if (before !== undefined && after !== undefined) return list(before, after, between);
    const said = after === undefined ? everything.went : everything.came;
    return [{ ...said, text: `${between.name}: ${said.text}` }];
  };
}

/** A period in which longer protects less (`loosens`) or more; absent stands for one without end. */
export function periodSaid(
  name: string,
  before: Span | undefined,
  after: Span | undefined,
  { longer, what, none, material = true }: { longer: Direction; what: string; none: string; material?: boolean },
): Said[] {
  const compared = comparedSpans(before, after);
  if (compared === 'same') return [];
  const direction = compared === 'longer' ? longer : balance(longer === 'tightens', longer === 'loosens');
  const now = after === undefined ? none : `${what} ${spanWords(after)}`;
  const then = before === undefined ? '' : ` instead of ${spanWords(before)}`;
  return [{ text: `${name}: ${now}${then}`, direction, material }];
}

/** A value for people; of data with parts, its JSON. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}
