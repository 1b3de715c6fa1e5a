import { type Headers, isAutomatic } from './automatic.ts';
import { findHits, type Hit, holdsAny } from './findHits.ts';
import { type MailPart, mailParts } from './mailParts.ts';
import { namedAddresses } from './namedAddresses.ts';
import type { Steps } from './pattern.ts';
import type { Phrases, Target } from './phrases.ts';
import { RIGHTS, type Right } from './right.ts';
import { addressIn, plainText, type Sentence, sentencesOf } from './sentences.ts';

export type { Right } from './right.ts';

/** A mail as far as recognition reads it. */
export interface RecognisedMail {
  readonly subjectLine: string;
  readonly text: string;
  readonly headers?: Headers;
  readonly from?: string;
  /** Our own addresses; the mail's recipients where absent. A quotation of theirs is not the person's words. */
  readonly own?: readonly string[];
}

/** What a mail asks for. It says where to look and decides nothing. */
export interface Recognition {
  /** In the order of `RIGHTS`; `evidence` is the passage, in the words of the mail. */
  readonly rights: readonly RecognisedRight[];
  /** Language of the phrases, or `und` where the mail is written in another: a person has to read it. */
  readonly language: string;
  readonly automatic: boolean;
  readonly child: boolean;
  readonly agent: boolean;
  readonly pictured: boolean;
  /** Other addresses of people whom the text may be about, in lower case. */
  readonly named: readonly string[];
  /** The text was too long or too dense to be read whole: a person has to look. */
  readonly partial: boolean;
}

export interface RecognisedRight {
  readonly right: Right;
  /** From 0.5 to 0.99. */
  readonly confidence: number;
  readonly evidence: string;
}

/** Of longer texts the head and the tail are read. */
const HEAD = 96 * 1024;
const TAIL = 32 * 1024;
export const MOST_STEPS = 4_000_000;
const THRESHOLD = 0.5;
const EVIDENCE_LENGTH = 200;
const FEW_WORDS = 4;
/** A bare "Delete." is a request only in a mail of so few words; a step of a recipe otherwise. */
const BRIEF = 20;

/** Recognises what a mail asks for. Takes at most a bounded number of steps whatever the text. */
export function classify(mail: RecognisedMail, phrases: Phrases): Recognition {
  return classifyCounting(mail, phrases, { count: 0 });
}

/** `classify` that shows its work in `steps`. */
export function classifyCounting(mail: RecognisedMail, phrases: Phrases, steps: Steps): Recognition {
  const { text, cut } = capped(mail.text);
  const passages = passagesOf(mail, text, phrases, steps);
  const found = passages.map(({ sentences, weight }) => ({
    weight,
    hits: findHits(sentences, phrases, steps, MOST_STEPS),
  }));

  const here = present(found.flatMap(({ hits }) => hits));
  const brief = wordCount(passages.filter(({ kind }) => kind === 'own' || kind === 'subject line')) <= BRIEF;
  const sure = new Map<Target, number>();
  const best = new Map<Target, Hit>();
  for (const { weight, hits } of found) {
    for (const [target, hit] of strongest(brief ? hits : hits.filter(({ phrase }) => !phrase.whole), here)) {
      // Passages speak independently of each other: two half-certain ones are more than either.
      sure.set(target, 1 - (1 - (sure.get(target) ?? 0)) * (1 - hit.weight * weight));
      if (hit.weight * weight > (best.get(target)?.weight ?? 0))
        best.set(target, { ...hit, weight: hit.weight * weight });
    }
  }

  const says = (target: Target): boolean => (sure.get(target) ?? 0) >= THRESHOLD;
  const asks = ({ phrase: { target }, weight }: Hit): boolean =>
    weight >= THRESHOLD && says(target) && RIGHTS.some((right) => right === target);
  return {
    rights: RIGHTS.filter(says).map((right) => ({
      right,
      confidence: Math.min(0.99, Math.round((sure.get(right) ?? 0) * 100) / 100),
      evidence: evidenceOf(best.get(right) as Hit),
    })),
    language: best.size > 0 || readsAs(passages, phrases) ? phrases.language : 'und',
    automatic: isAutomatic(mail.headers ?? {}),
    child: says('child'),
    agent: says('agent'),
    pictured: says('pictured'),
    named: namedAddresses(
      passages.filter(({ kind }) => kind === 'own' || kind === 'subject line').flatMap(({ sentences }) => sentences),
      phrases,
      {
        asking: new Set(found.flatMap(({ hits }) => hits.filter(asks)).map(({ sentence }) => sentence)),
        notThese: [mail.from ?? '', ...ownAddresses(mail)],
        steps,
      },
    ),
    partial: cut || steps.count > MOST_STEPS,
  };
}

interface Passage {
  readonly kind: MailPart['kind'] | 'subject line';
  readonly sentences: readonly Sentence[];
  /** How much of a phrase's weight counts here. */
  readonly weight: number;
}

/** The subject line first, then everything the writer wrote, then the rest. */
function passagesOf(mail: RecognisedMail, text: string, phrases: Phrases, steps: Steps): Passage[] {
  const parts = mailParts(text).map((part) => ({ part, sentences: sentencesOf(part.text, phrases) }));
  const own = parts.filter(({ part }) => part.kind === 'own').flatMap(({ sentences }) => sentences);
  const ours = new Set(ownAddresses(mail));
  const rest = parts
    .filter(({ part }) => part.kind !== 'own')
    .map(({ part, sentences }): Passage => {
      const isOurs = part.kind === 'quoted' && sentences.some((sentence) => holdsAny(sentence, phrases.ours, steps));
      const weight = isOurs ? 0 : weightOf(part, mail.from?.toLowerCase(), ours, own.length > 0);
      return { kind: part.kind, sentences, weight };
    });
  const subjectLine = plainText(mail.subjectLine.slice(0, 1000));
  return [
    { kind: 'subject line', sentences: sentencesOf(subjectLine, phrases), weight: subjectWeight(subjectLine) },
    { kind: 'own', sentences: own, weight: 1 },
    ...rest,
  ];
}

/** An answer repeats the subject line of what it answers. */
function subjectWeight(subjectLine: string): number {
  return /^\s*(?:re|aw|sv|antw)\s*:/i.test(subjectLine) ? 0.5 : 1;
}

function weightOf(part: MailPart, from: string | undefined, ours: ReadonlySet<string>, answered: boolean): number {
  if (part.kind === 'signature') return 0.7;
  if (part.kind === 'forwarded') return 0.8;
  if (part.author !== undefined && ours.has(part.author)) return 0;
  if (part.author !== undefined && part.author === from) return answered ? 0.6 : 0.8;
  // Where the writer added no word of their own, the quotation is the message.
  return answered ? 0.5 : 0.8;
}

function ownAddresses(mail: RecognisedMail): string[] {
  if (mail.own) return mail.own.map((address) => address.toLowerCase());
  return ['to', 'cc', 'delivered-to', 'x-original-to']
    .flatMap((name) => mail.headers?.[name] ?? [])
    .flatMap((value) => value.slice(0, 10_000).split(/[\s,;<>]+/))
    .flatMap((chunk) => addressIn(chunk) ?? []);
}

function capped(text: string): { text: string; cut: boolean } {
  if (text.length <= HEAD + TAIL) return { text: plainText(text), cut: false };
  return { text: plainText(`${text.slice(0, HEAD)}\n\n${text.slice(-TAIL)}`), cut: true };
}

function wordCount(passages: readonly Passage[]): number {
  return passages.flatMap(({ sentences }) => sentences).reduce((count, { ids }) => count + ids.length, 0);
}

/** What the mail shows by clear phrases: first by those that need nothing beside them, then by those that need the first. */
function present(hits: readonly Hit[]): ReadonlySet<Target> {
  const clear = hits.filter(({ phrase, weight }) => !phrase.alone && !phrase.whole && weight >= THRESHOLD);
  const first = new Set(clear.filter(({ phrase }) => phrase.near.length === 0).map(({ phrase }) => phrase.target));
  return new Set(clear.filter((hit) => isInPlace(hit, first)).map(({ phrase }) => phrase.target));
}

function isInPlace({ phrase: { near } }: Hit, here: ReadonlySet<Target>): boolean {
  return near.length === 0 || near.some((name) => here.has(name));
}

function strongest(hits: readonly Hit[], here: ReadonlySet<Target>): Map<Target, Hit> {
  const best = new Map<Target, Hit>();
  for (const hit of hits) {
    const { target, alone } = hit.phrase;
    if (!isInPlace(hit, here) || (alone && RIGHTS.some((right) => here.has(right)))) continue;
    if (hit.weight > (best.get(target)?.weight ?? 0)) best.set(target, hit);
  }
  return best;
}

/** By the writer's own words, or by all there are where those are too few to tell. */
function readsAs(passages: readonly Passage[], { stopWords }: Phrases): boolean {
  const wordsOf = (some: readonly Passage[]): number[] =>
    some.flatMap(({ sentences }) => sentences.slice(0, 50)).flatMap(({ ids }) => ids);
  const own = wordsOf(passages.filter(({ kind }) => kind === 'own'));
  const words = own.length < FEW_WORDS ? wordsOf(passages) : own;
  return words.filter((id) => stopWords.has(id)).length > words.length / 5;
}

/** The passage around a hit, cut at words. */
function evidenceOf({ sentence, start, end }: Hit): string {
  const { text, from, to } = sentence;
  let [first, last] = [start, Math.max(start, end - 1)];
  const length = (): number => (to[last] ?? 0) - (from[first] ?? 0);
  while (length() < EVIDENCE_LENGTH && (first > 0 || last < from.length - 1)) {
    const [before, after] = [first, last];
    first = Math.max(0, first - 1);
    last = Math.min(from.length - 1, last + 1);
    if (length() > EVIDENCE_LENGTH) {
      [first, last] = [before, after];
      break;
    }
  }
  return text.slice(from[first], to[last]).replace(/\s+/g, ' ').slice(0, EVIDENCE_LENGTH);
}
