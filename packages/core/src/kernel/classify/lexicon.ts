/** Stands for an email address in a text; `<email>` in a phrase. */
export const EMAIL = '<email>';
/** A word of its own: "my account's owner" is not "my account". */
const POSSESSIVE = "'s";
/** Id of every word that no phrase knows. */
export const UNKNOWN = 0;

/** The words that phrases know, and how people spell them. */
export interface Lexicon {
  /** Id of a word of a phrase, made if new. */
  readonly learn: (word: string) => readonly number[];
  /** Ids of a word of a text, typos forgiven. A contraction is several. */
  readonly read: (word: string) => readonly number[];
}

/** See `PhraseFile`. */
export interface Spelling {
  readonly spelled: Readonly<Record<string, string>>;
  readonly forgiven: readonly string[];
  readonly known: readonly string[];
}

const SHORTEST_FORGIVEN = 5;

export function newLexicon({ spelled, forgiven, known }: Spelling): Lexicon {
  const ids = new Map<string, number>();
  const learnOne = (word: string): number => {
    const id = ids.get(word) ?? ids.size + 1;
    ids.set(word, id);
    return id;
  };
  const learn = (word: string): readonly number[] => (spelled[word] ?? word).split(' ').map(learnOne);
  const spellings = new Map(Object.entries(spelled).map(([short, long]) => [short, long.split(' ').map(learnOne)]));
  const real = new Set(known);
  const near = neighbours(forgiven);

  const read = (word: string): readonly number[] => {
    const asSpelled = spellings.get(word);
    if (asSpelled) return asSpelled;
    const id = ids.get(word);
    if (id !== undefined) return [id];
    if (word.endsWith(POSSESSIVE)) return [...read(word.slice(0, -POSSESSIVE.length)), ...learn(POSSESSIVE)];
    const meant = real.has(word) ? undefined : meantBy(word, near);
    return [meant === undefined ? UNKNOWN : (ids.get(meant) ?? UNKNOWN)];
  };
  return { learn, read };
}

/** Each forgiven word by all its forms with one letter left out, itself included: two words one letter apart share a form. */
function neighbours(forgiven: readonly string[]): Map<string, string[]> {
  const near = new Map<string, string[]>();
  for (const word of forgiven) {
    if (word.length < SHORTEST_FORGIVEN) continue;
    for (const form of [word, ...shortened(word)]) near.set(form, [...(near.get(form) ?? []), word]);
  }
  return near;
}

function meantBy(word: string, near: ReadonlyMap<string, readonly string[]>): string | undefined {
  if (word.length < SHORTEST_FORGIVEN || word.length > 20) return undefined;
  for (const form of [word, ...shortened(word)]) {
    const meant = near.get(form)?.find((candidate) => oneLetterApart(word, candidate));
    if (meant !== undefined) return meant;
  }
  return undefined;
}

function shortened(word: string): string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** One letter more, less, wrong, or two neighbours swapped. */
function oneLetterApart(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head += 1;
  const [restA, restB] = [a.slice(head), b.slice(head)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
