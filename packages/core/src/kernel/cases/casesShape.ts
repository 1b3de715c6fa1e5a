import type { Facts, Hold, Question } from '../decision.ts';
import { count, flag, oneOf, period, text, wordOf } from '../policy/plainShape.ts';
import { fields, listOf, mapOf, maybe, need, or, type Shape } from '../policy/shape.ts';
import { mistake } from '../policy/spot.ts';
import type { Vocabulary } from '../policy/vocabulary.ts';
import { definedWords } from '../policy/vocabulary.ts';

/** One row of a decision table as people write it: exactly one of `question`, `record` and `erasure`. */
export interface WrittenCase {
  readonly who: string;
  readonly wants: string;
  readonly facts?: WrittenFacts;
  readonly question?: Question;
  readonly record?: WrittenRecord;
  readonly erasure?: WrittenErasure;
  readonly outcome: Outcome;
  /** A clause or rule that must be among the reasons. */
  readonly because: string;
}

export type Outcome = (typeof outcomes)[number];

export interface WrittenFacts extends Partial<Omit<Facts, 'consents' | 'objections'>> {
  /** `flag=given@DAY` or `flag=withdrawn@DAY`. */
  readonly consents?: readonly string[];
  /** Purposes that were objected to the day before. */
  readonly objections?: readonly string[];
}

/** A record by its age: how long before now each of its dates lies. */
export interface WrittenRecord {
  readonly collection: string;
  readonly anchors: Readonly<Record<string, string>>;
  readonly predicates: Readonly<Record<string, boolean>>;
  readonly holds: readonly Hold['kind'][];
  /** Trait of the owner that tiers ask for. */
  readonly tier?: string;
  /** Asks whether this rule takes its fields out of the record, instead of what ends the record. */
  readonly redaction?: string;
}

/** What an erasure finds in a collection; `newest`: how long ago the youngest anchor lies. */
export interface WrittenErasure {
  readonly collection: string;
  readonly newest?: string;
  readonly holds: readonly Hold['kind'][];
}

const outcomes = ['permitted', 'forbidden', 'undetermined', 'erase', 'redact', 'detach', 'keep'] as const;

const holds = or(listOf(oneOf('legal', 'restriction', 'access-open')), []);

const recordShape = fields<WrittenRecord>({
  collection: need(text),
  anchors: or(mapOf(period), {}),
  predicates: or(mapOf(flag), {}),
  holds,
  tier: maybe(text),
  redaction: maybe(text),
});

const erasureShape = fields<WrittenErasure>({ collection: need(text), newest: maybe(period), holds });

const factsShape = fields<WrittenFacts>({
  country: maybe(text),
  age: maybe(count),
  consents: maybe(listOf(text)),
  objections: maybe(listOf(text)),
  restricted: maybe(flag),
  held: maybe(flag),
  visibility: maybe(oneOf('private', 'link', 'public')),
});

const viewer: Shape<NonNullable<Question['viewer']>> = (value, spot) =>
  typeof value === 'string' && /^(owner|public|link|staff:.+)$/.test(value)
    ? (value as NonNullable<Question['viewer']>)
    : mistake(spot, 'WRONG_SHAPE', 'a viewer is expected here', 'write owner, public, link or staff:PURPOSE');

/** The rows of cases.yaml. */
export function casesShape(vocabulary: Vocabulary): Shape<readonly WrittenCase[]> {
  const known = definedWords(vocabulary);
  const row = fields<WrittenCase>({
    who: need(text),
    wants: need(text),
    facts: maybe(factsShape),
    question: maybe(
      fields<Question>({
        purpose: need(wordOf('purpose', known.purposes)),
        category: need(wordOf('category', known.categories)),
        recipient: maybe(text),
        viewer: maybe(viewer),
        group: maybe(count),
        generation: maybe(text),
        reference: maybe(text),
      }),
    ),
    record: maybe(recordShape),
    erasure: maybe(erasureShape),
    outcome: need(oneOf(...outcomes)),
    because: need(text),
  });
  return listOf((value, spot) => {
    const read = row(value, spot);
    if (read === undefined) return undefined;
    const asked = [read.question, read.record, read.erasure].filter((one) => one !== undefined);
    if (asked.length === 1) return read;
    const remedy = 'give question:, record: or erasure:, and no other of them';
    return mistake(spot, 'WRONG_SHAPE', 'a row asks exactly one thing', remedy);
  });
}
