/** The words that policies may use. Dotted: `account` covers `account.contact`, and covers only downwards. */
export interface Vocabulary {
  readonly categories: readonly Word[];
  readonly purposes: readonly Word[];
  readonly recipientKinds: readonly Word[];
  readonly safeguards: readonly Word[];
  readonly rights: readonly Word[];
}

export interface Word {
  readonly name: string;
  readonly label: string;
  /** IRIs of W3C DPV 2.3 that say the same, in their prefixed form. */
  readonly dpv: readonly string[];
  /** Key of fideslang that says the same. */
  readonly fideslang?: string;
  /** Of a recipient kind: it acts on our behalf, so it needs an agreement (Art 28 GDPR). */
  readonly needsAgreement?: boolean;
  /** Of a safeguard or right: where it stands in the law. */
  readonly source?: string;
  /** Of a category: how its data came about, unless a narrower word or a field says otherwise. */
  readonly origin?: DataOrigin;
}

/** How data came about: the person gave it, it was seen as they used the service, or somebody concluded it. */
export type DataOrigin = (typeof dataOrigins)[number];
export const dataOrigins = ['provided', 'observed', 'inferred'] as const;

export type WordList = keyof Vocabulary;

/** Whether the wider word includes the narrower one, or is the same. */
export function covers(wider: string, narrower: string): boolean {
  return narrower === wider || (narrower.startsWith(wider) && narrower[wider.length] === '.');
}

/** Every word a policy or a question may use, list by list, sorted. */
export function definedWords(vocabulary: Vocabulary): Readonly<Record<WordList, readonly string[]>> {
  const names = (words: readonly Word[]): string[] => words.map((word) => word.name).sort();
  return {
    categories: names(vocabulary.categories),
    purposes: names(vocabulary.purposes),
    recipientKinds: names(vocabulary.recipientKinds),
    safeguards: names(vocabulary.safeguards),
    rights: names(vocabulary.rights),
  };
}
