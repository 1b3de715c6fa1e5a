/** How an erasure came out, as its letter tells it. */
export interface ErasureResult {
  readonly receivedOn: string;
  readonly completedOn: string;
  readonly erased: readonly ErasedLine[];
  readonly kept: readonly KeptLine[];
  /** The recipients whom we tell of it (Article 19 GDPR). */
  readonly recipientsTold: readonly ToldLine[];
  /** How many works of other people started from a work that is now erased. They stay; what tied them to the person went. */
  readonly othersWorks: number;
  /** After how many days the backups made before have been overwritten; null where the operator has not said. */
  readonly backupDays: number | null;
}

export interface ToldLine {
  readonly name: string;
  /** When its copies end by themselves; null where nobody knows, or where it has said that they are gone. */
  readonly until: string | null;
}

export interface ErasedLine {
  /** The category in plain words, such as `generated videos`. */
  readonly label: string;
  readonly records: number;
  readonly files: number;
}

export interface KeptLine {
  readonly label: string;
  readonly records: number;
  /** The article is null where it is one of another law than the reader's. */
  readonly ground: { readonly article: string | null; readonly text: string };
  /** Null where no day is known: then `ends` may say what ends it. */
  readonly until: string | null;
  readonly ends: KeptEnds;
  /** Cut loose from the profile, so that it no longer leads to the person by itself. */
  readonly detached: boolean;
}

/** What ends it, where that is no day: at most one is true. */
export interface KeptEnds {
  readonly hold: boolean;
  readonly restriction: boolean;
  /** A period that is counted from a day still to come. */
  readonly period: boolean;
}

export interface ReceiptFacts {
  /** Name of the attached file. */
  readonly file: string;
  readonly keyId: string;
}
