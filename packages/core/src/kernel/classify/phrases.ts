import { KeptError } from '../keptError.ts';
import { type Lexicon, newLexicon } from './lexicon.ts';
import { compilePattern, firstWords, type Pattern, type PatternContext } from './pattern.ts';
import { RIGHTS, type Right } from './right.ts';

/** What a mail may be besides its rights, and what only helps to read it. */
export const SIGNALS = [
  'child',
  'agent',
  'pictured',
  'own-data',
  'own-field',
  'privacy',
  'agreed',
  'training',
  'mailings',
  'selling',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** A phrase of the file: how it is said, and how sure it makes (0 to 1). */
export interface PhraseLine {
  readonly say: string;
  readonly weight: number;
  /** Counts only where the mail also shows one of these rights or signals. */
  readonly near?: readonly string[];
  /** Counts only where the mail asks for nothing clearer, such as "a GDPR request". */
  readonly alone?: boolean;
  /** Counts only where it is a whole sentence, words of courtesy aside, of a mail of few words: "Please delete." */
  readonly whole?: boolean;
}

/** Words around a phrase that change what it means: `factor` 0 takes it away, 1 keeps it against a shorter guard. */
export interface GuardLine {
  readonly say: string;
  readonly factor: number;
  /** Rights and signals that it is about; all where absent. */
  readonly for?: readonly string[];
  /** Rights and signals that it is not about. */
  readonly except?: readonly string[];
}

/** A phrase file as parsed from YAML; `policies/phrases/README.md` tells how to write one. */
export interface PhraseFile {
  readonly language: string;
  /** Words in a row, with commas between; so are the other lists of words. */
  readonly stopWords: string;
  /** What short forms stand for: `don't: do not`. */
  readonly spelled: Readonly<Record<string, string>>;
  /** Words of at least five letters in which one wrong letter is forgiven. */
  readonly forgiven: string;
  /** Real words that are one letter away from a forgiven one. */
  readonly known: string;
  /** Words that change nothing: "please", "thanks". */
  readonly courtesy: string;
  /** Words and groups that people list with commas between: "my videos, photos and prompts". Such a comma ends no phrase. */
  readonly enumerated: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly guards: {
    readonly before: readonly GuardLine[];
    readonly after: readonly GuardLine[];
    readonly sentence: readonly GuardLine[];
  };
  /** Sentences that nobody wrote: disclaimers and footers. The rest of their paragraph is not read either. */
  readonly boilerplate: readonly string[];
  /** What only our own letters say: a quotation that holds it is not the person's. */
  readonly ours: readonly string[];
  /** What stands before an address that the person calls their own. */
  readonly naming: readonly string[];
  /** Where an address stands in passing: to reply to, in copy, of whoever put a picture up. The first address within. */
  readonly asides: readonly string[];
  readonly rights: Readonly<Record<string, readonly PhraseLine[]>>;
  readonly signals: Readonly<Record<string, readonly PhraseLine[]>>;
  /** How people name a purpose, by the word of the vocabulary; and why they want a restriction, by its ground. */
  readonly named?: {
    readonly purposes: Readonly<Record<string, readonly string[]>>;
    readonly grounds: Readonly<Record<string, readonly string[]>>;
  };
}

export type Target = Right | Signal;

export interface Phrase {
  readonly target: Target;
  readonly pattern: Pattern;
  readonly weight: number;
  readonly near: readonly Target[];
  readonly alone: boolean;
  readonly whole: boolean;
}

export interface Guard {
  readonly pattern: Pattern;
  readonly factor: number;
  readonly appliesTo: (target: Target) => boolean;
}

/** Things to match, by the word with which they begin. */
export type ByFirstWord<T> = ReadonlyMap<number, readonly T[]>;

/** Phrases made ready to match. */
export interface Phrases {
  readonly language: string;
  readonly lexicon: Lexicon;
  readonly stopWords: ReadonlySet<number>;
  readonly courtesy: ReadonlySet<number>;
  readonly enumerated: ReadonlySet<number>;
  readonly phrases: ByFirstWord<Phrase>;
  readonly before: ByFirstWord<Guard>;
  readonly after: readonly Guard[];
  readonly sentence: ByFirstWord<Guard>;
  readonly boilerplate: ByFirstWord<{ readonly pattern: Pattern }>;
  readonly ours: ByFirstWord<{ readonly pattern: Pattern }>;
  readonly naming: ByFirstWord<{ readonly pattern: Pattern }>;
  readonly asides: ByFirstWord<{ readonly pattern: Pattern }>;
  readonly named: Readonly<Record<'purposes' | 'grounds', readonly Name[]>>;
}

/** A word of ours, and how people say it. */
export interface Name {
  readonly word: string;
  readonly said: ByFirstWord<{ readonly pattern: Pattern }>;
}

/** Makes a phrase file ready; once per process. Throws PHRASE_INVALID with the phrase or the key as its place. */
export function compilePhrases(file: PhraseFile): Phrases {
  const { spelled, forgiven, known } = file;
  const lexicon = newLexicon({ spelled, forgiven: listed(forgiven), known: listed(known) });
  const groups = Object.fromEntries(Object.entries(file.groups).map(([name, words]) => [name, listed(words)]));
  const context: PatternContext = { idsOf: lexicon.learn, groups, read: new Map() };
  const compile = (say: string): Pattern => compilePattern(say, context);
  const plain = (lines: readonly string[]): ByFirstWord<{ pattern: Pattern }> =>
    byFirstWord(lines.map((say) => ({ pattern: compile(say) })));
  const names = (lists: Readonly<Record<string, readonly string[]>> = {}): Name[] =>
    Object.entries(lists).map(([word, says]) => ({ word, said: plain(says) }));
  const guards = (lines: readonly GuardLine[]): Guard[] => lines.map((line) => compileGuard(line, compile));
  const wordsOf = (words: string): ReadonlySet<number> => new Set(listed(words).flatMap((word) => lexicon.learn(word)));
  const lines = [...checked(file.rights, RIGHTS, 'rights'), ...checked(file.signals, SIGNALS, 'signals')];

  return {
    language: file.language,
    phrases: byFirstWord(lines.map(([target, line]) => compileLine(target, line, compile))),
    before: byFirstWord(guards(file.guards.before)),
    after: guards(file.guards.after),
    sentence: byFirstWord(guards(file.guards.sentence)),
    boilerplate: plain(file.boilerplate),
    ours: plain(file.ours),
    naming: plain(file.naming),
    asides: plain(file.asides),
    named: { purposes: names(file.named?.purposes), grounds: names(file.named?.grounds) },
    stopWords: wordsOf(file.stopWords),
    courtesy: wordsOf(file.courtesy),
    enumerated: new Set(firstWords(compile(`(${listed(file.enumerated).join('|')})`))),
    lexicon,
  };
}

function listed(words: string): string[] {
  return String(words)
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function compileLine(target: Target, line: PhraseLine, compile: (say: string) => Pattern): Phrase {
  const { say, weight, near = [], alone = false, whole = false } = line;
  if (!(weight > 0 && weight <= 1)) throw invalid(say, 'its weight is not above 0 and at most 1');
  return { target, pattern: compile(say), weight, near: near.map((name) => targetOf(name, say)), alone, whole };
}

function compileGuard(line: GuardLine, compile: (say: string) => Pattern): Guard {
  const { say, factor, for: only, except = [] } = line;
  if (!(factor >= 0 && factor <= 1)) throw invalid(say, 'its factor is not from 0 to 1');
  for (const name of [...(only ?? []), ...except]) targetOf(name, say);
  return {
    pattern: compile(say),
    factor,
    appliesTo: (target) => (only === undefined || only.includes(target)) && !except.includes(target),
  };
}

function checked<T extends Target>(
  lists: Readonly<Record<string, readonly PhraseLine[]>>,
  targets: readonly T[],
  key: string,
): [T, PhraseLine][] {
  return Object.entries(lists).flatMap(([name, lines]) => {
    if (!(targets as readonly string[]).includes(name)) throw invalid(`${key}.${name}`, 'there is no such name');
    return lines.map((line): [T, PhraseLine] => [name as T, line]);
  });
}

function targetOf(name: string, say: string): Target {
  const target = [...RIGHTS, ...SIGNALS].find((known) => known === name);
  if (target === undefined) throw invalid(say, `${name} is neither a right nor a signal`);
  return target;
}

function byFirstWord<T extends { readonly pattern: Pattern }>(things: readonly T[]): Map<number, T[]> {
  const index = new Map<number, T[]>();
  for (const thing of things) {
    for (const word of firstWords(thing.pattern)) {
      const others = index.get(word);
      if (others) others.push(thing);
      else index.set(word, [thing]);
    }
  }
  return index;
}

function invalid(place: string, why: string): KeptError {
  return new KeptError('PHRASE_INVALID', `The phrase file cannot be read: ${why}`, {
    place,
    remedy: 'See policies/phrases/README.md for how a phrase is written.',
  });
}
