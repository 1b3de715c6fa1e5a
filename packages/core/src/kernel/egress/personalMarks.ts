import { covers } from '../policy/vocabulary.ts';
import { folded } from './folded.ts';

/** A value of the person's account or payments. */
export interface PersonalValue {
  /** Where the host keeps it, such as `users.email`. */
  readonly path: string;
  readonly category: string;
  readonly value: string | number;
}

/** What is looked for in a text that leaves. */
export interface PersonalMarks {
  /** By their first four characters. */
  readonly literals: ReadonlyMap<string, readonly Literal[]>;
  readonly patterns: readonly { readonly pattern: RegExp; readonly path: string }[];
  /** Values that are too short to be looked for inside a text: they count where they are all of it. */
  readonly whole: ReadonlyMap<string, string>;
}

export interface Literal {
  readonly text: string;
  readonly path: string;
  /** It counts only where no letter or digit stands beside it. */
  readonly alone: boolean;
}

/** What many people have in common tells nobody apart; it would only tear texts. */
const common = ['account.residence', 'account.age', 'account.language', 'account.preference', 'account.history'];
const names = ['account.profile', 'account.identifier'];

/** Shortest word of a name that counts by itself: `Al` and `May` are words of every language. */
const SHORTEST_WORD = 4;
/** Shorter texts with digits count only where they stand alone, or are all there is. */
const SHORTEST_INSIDE = 6;
const SHORTEST_LITERAL = 4;
/** What is longer is no name and no number that people write in other ways: it is looked for as it is. */
const LONGEST_WRITTEN = 200;

/**
 * How each value is recognised. Addresses, keys and references: anywhere. Names: whole, in either order, and each word of at
 * least four letters (two in scripts without letters' case, such as Chinese). What is shorter: only where it is all there is.
 */
export function personalMarks(values: readonly PersonalValue[]): PersonalMarks {
  const literals = new Map<string, Literal[]>();
  const patterns = new Map<string, string>();
  const whole = new Map<string, string>();

  const literal = (text: string, path: string, alone: boolean): void => {
    const head = text.slice(0, SHORTEST_LITERAL);
    const alike = literals.get(head) ?? [];
    if (!alike.some((one) => one.text === text && one.alone === alone)) alike.push({ text, path, alone });
    literals.set(head, alike);
  };

  for (const { path, category, value } of values) {
    if (common.some((word) => covers(word, category))) continue;
    const text = folded(String(value).trim()).text;
    if (text === '') continue;
    if (text.length > LONGEST_WRITTEN) {
      literal(text, path, false);
    } else if (isName(text, category)) {
      for (const form of new Set([text, folded(withUmlauts(String(value).trim())).text])) {
        for (const pattern of namePatterns(form)) patterns.set(pattern, path);
      }
      whole.set(text, path);
    } else if (isDialled(text)) {
      patterns.set([...text.replaceAll(/\D/g, '')].join('[^\\p{L}\\p{N}]{0,2}'), path);
    } else if (tellsSomebody(text, category, value)) {
      if (text.length >= SHORTEST_LITERAL) literal(text, path, text.length < SHORTEST_INSIDE);
      whole.set(text, path);
    }
  }
  return {
    literals,
    patterns: [...patterns].map(([pattern, path]) => ({ pattern: new RegExp(pattern, 'gu'), path })),
    whole,
  };
}

/** What has digits and no gap is a key or a name that was made up: it is looked for as it is. */
function isName(text: string, category: string): boolean {
  const isWritten = /^[\p{L}\p{N}\s.'’_,-]+$/u.test(text) && (/\s/.test(text) || !/\p{N}/u.test(text));
  return isWritten && /\p{L}/u.test(text) && names.some((word) => covers(word, category));
}

/** Telephone numbers are written with all kinds of gaps. */
function isDialled(text: string): boolean {
  return /^[+(]?[\d\s()./-]+$/.test(text) && /[\s()./-]|^\+/.test(text) && text.replaceAll(/\D/g, '').length >= 7;
}

/** Amounts, currencies and states are in every order; a reference has digits, or is long. */
function tellsSomebody(text: string, category: string, value: string | number): boolean {
  if (category === 'subject' || text.includes('@')) return true;
  if (typeof value === 'number') return text.length >= SHORTEST_INSIDE;
  return /\d/.test(text) ? text.length >= SHORTEST_LITERAL : text.length >= 12;
}

const unlettered = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

function namePatterns(name: string): string[] {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const patterns = words
    .filter((word) => [...word.normalize('NFC')].length >= (unlettered.test(word) ? 2 : SHORTEST_WORD))
    .map((word) => (unlettered.test(word) ? word : aloneAmongLetters(word)));
  if (words.length > 1) {
    for (const order of [words, [...words].reverse()]) {
      const phrase = order.join("[\\s._,'’+-]{0,2}");
      patterns.push(words.join('').length < 2 * SHORTEST_WORD ? aloneAmongLetters(phrase) : phrase);
    }
  }
  return patterns;
}

function aloneAmongLetters(pattern: string): string {
  return `(?<!\\p{L})${pattern}(?!\\p{L})`;
}

/** As people write them where the keyboard has none. */
function withUmlauts(name: string): string {
  const written: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüåø]/g, (letter) => written[letter] ?? letter);
}
