/** A privacy notice as a document without a form: sections of sentences and tables, each with the promises behind it. */
export interface NoticeDocument {
  readonly language: string;
  readonly title: string;
  readonly pack: string;
  readonly intro: readonly string[];
  readonly sections: readonly NoticeSection[];
  /** What the marks mean, where some stand in the notice. */
  readonly footnotes: readonly { readonly mark: Mark; readonly text: string }[];
  /** Heading of the column, and title of the list, in which clause ids stand. */
  readonly clauses: string;
  /** Ids of labels that nobody translated. */
  readonly untranslated: readonly string[];
}

export interface NoticeSection {
  readonly id: string;
  readonly heading: string;
  readonly statements: readonly Statement[];
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly Row[] };
}

/** `chosen`: a number of the operator's. `unverified`: a value of a law that was not read in its text. */
export type Mark = 'chosen' | 'unverified';

interface Said {
  /** Id of the rule that it is written from. */
  readonly rule: string;
  /** Clauses that the rule keeps. */
  readonly clauses: readonly string[];
  readonly marks: readonly Mark[];
}

export interface Statement extends Said {
  readonly text: string;
}

export interface Row extends Said {
  readonly cells: readonly string[];
}
