import { EMAIL, type Lexicon } from './lexicon.ts';
import { COMMA, type Words } from './pattern.ts';

/** A run of words between two full stops, with the place of each word in the text. */
export interface Sentence extends Words {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Counts up at each blank line. */
  readonly paragraph: number;
}

/** What it takes to read words; see `Phrases`. */
export interface Reading {
  readonly lexicon: Lexicon;
  readonly enumerated: ReadonlySet<number>;
}

/** Longer runs without a space are encoded data, not words. */
const LONGEST_CHUNK = 400;
/** A line that is shorter was ended by its writer; a longer one by a mail program. */
const WRAPPED_LINE = 50;
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  'art arts no nr mr mrs ms dr vs sec approx incl inc ltd st e.g i.e'.split(' '),
);

/** The same letters whatever keyboard or mail program wrote them, without invisible ones. Linear. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[\u2018\u2019\u02bc`´]/g, "'");
}

/** Cuts a plain text into sentences of known words. Linear in the text. */
export function sentencesOf(text: string, { lexicon, enumerated }: Reading): Sentence[] {
  const cut = new Cutter(text, lexicon, enumerated);
  let lineStart = 0;
  for (const { 0: chunk, index } of text.matchAll(/\S+|\n/g)) {
    if (chunk !== '\n') {
      cut.chunk(chunk, index);
      continue;
    }
    const length = index - lineStart;
    if (text.slice(lineStart, index).trim() === '') cut.endParagraph();
    else if (length < WRAPPED_LINE) cut.pause(1);
    lineStart = index + 1;
  }
  cut.endParagraph();
  return cut.sentences;
}

class Cutter {
  readonly sentences: Sentence[] = [];
  private readonly text: string;
  private readonly lexicon: Lexicon;
  private readonly enumerated: ReadonlySet<number>;
  private ids: number[] = [];
  private breaks: number[] = [];
  private from: number[] = [];
  private to: number[] = [];
  private paragraph = 0;
  private before = 0;
  private readonly seen = new Map<string, readonly number[]>();

  constructor(text: string, lexicon: Lexicon, enumerated: ReadonlySet<number>) {
    this.text = text;
    this.lexicon = lexicon;
    this.enumerated = enumerated;
  }

  chunk(chunk: string, at: number): void {
    if (isAddress(chunk)) this.word(EMAIL, at, chunk.length);
    else if (chunk.length > LONGEST_CHUNK || isLink(chunk)) this.add([], at, chunk.length);
    else this.words(chunk, at);
  }

  private words(chunk: string, at: number): void {
    let end = 0;
    for (const { 0: word, index } of chunk.matchAll(/\p{N}+|\p{L}[\p{L}\p{M}]*(?:'\p{L}+)*/gu)) {
      this.punctuation(chunk.slice(end, index), chunk.slice(0, end), chunk.slice(index));
      this.word(word.toLowerCase(), at + index, word.length);
      end = index + word.length;
    }
    this.punctuation(chunk.slice(end), chunk.slice(0, end), '');
  }

  pause(kind: 1 | typeof COMMA): void {
    this.before = Math.max(this.before, kind);
  }

  endParagraph(): void {
    this.endSentence();
    this.paragraph += 1;
  }

  private word(word: string, at: number, length: number): void {
    const ids = this.seen.get(word) ?? this.lexicon.read(word);
    this.seen.set(word, ids);
    this.add(ids, at, length);
  }

  /** A chunk without words still takes a place, so that nothing reaches over it unseen. */
  private add(ids: readonly number[], at: number, length: number): void {
    for (const id of ids.length === 0 ? [0] : ids) {
      this.ids.push(id);
      this.breaks.push(this.before);
      this.from.push(at);
      this.to.push(at + length);
      this.before = 0;
    }
  }

  private punctuation(marks: string, before: string, after: string): void {
    if (marks === '') return;
    if (/[!?;…•]/.test(marks) || (marks.includes('.') && endsHere(before, after))) this.endSentence();
    else if (/[,:"–—*|]/.test(marks) || marks.startsWith('--')) this.pause(COMMA);
    else if (/[()[\]<>]/.test(marks)) this.pause(1);
  }

  /** Whether the comma before a word stands between two things of a list. */
  private enumerates(at: number): boolean {
    const listed = (id: number | undefined): boolean => id !== undefined && this.enumerated.has(id);
    return listed(this.ids[at - 1]) && this.ids.slice(at, at + 1 + INTRODUCTION).some(listed);
  }

  private endSentence(): void {
    if (this.ids.length > 0) {
      const { text, ids, from, to, paragraph } = this;
      const breaks = this.breaks.map((kind, at) => (kind === COMMA && this.enumerates(at) ? 1 : kind));
      this.sentences.push({ text, ids, breaks, from, to, paragraph });
    }
    this.ids = [];
    this.breaks = [];
    this.from = [];
    this.to = [];
    this.before = 0;
  }
}

/** How many words may introduce the next thing of a list: "my photos, and all my prompts". */
const INTRODUCTION = 3;

/** A full stop ends a sentence unless it follows an abbreviation or stands inside a number or a name. */
function endsHere(before: string, after: string): boolean {
  if (ABBREVIATIONS.has(before.toLowerCase().replace(/^[^\p{L}]+/u, ''))) return false;
  return after === '' || /^\p{Lu}/u.test(after);
}

/** Whether a run without spaces is an email address, brackets and punctuation around it aside. */
export function isAddress(chunk: string): boolean {
  return chunk.includes('@') && addressIn(chunk) !== undefined;
}

/** The address in a run without spaces, in lower case. */
export function addressIn(chunk: string): string | undefined {
  if (chunk.length > LONGEST_CHUNK) return undefined;
  const bare = chunk.replace(/^[^\p{L}\p{N}]+/u, '').replace(/^mailto:/i, '');
  return /^[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/u.exec(bare)?.[0]?.toLowerCase();
}

function isLink(chunk: string): boolean {
  return chunk.includes('://') || /^[("'<[]*www\./i.test(chunk) || /[\p{L}\p{N}]\.\p{L}{2,10}\//u.test(chunk);
}
