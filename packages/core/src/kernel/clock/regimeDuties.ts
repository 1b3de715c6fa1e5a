import type { Right } from '../classify/right.ts';
import type { Sourced } from './sourced.ts';

/** What a law asks beside its clocks. */
export interface RegimeDuties {
  /** Grounds on which a request may be refused, sorted by id. */
  readonly refusals: readonly Refusal[];
  /** Which right follows from which legal basis, sorted by id; absent where the law knows no such bases. */
  readonly bases?: readonly LegalBasis[];
  /** Absent where nobody wrote down who it is. */
  readonly authority?: Authority;
  readonly fees: FeeRule;
  /** Absent where the law names no age. */
  readonly children?: ChildrenRule;
  /** Records that must be kept about requests and processing, sorted by id. */
  readonly records: readonly RecordDuty[];
  readonly training: TrainingRule;
  /** Periods for which accounts must be kept, whoever asks for deletion. */
  readonly retentionFloors: readonly RetentionFloor[];
}

export type Refusal = Sourced & {
  readonly id: string;
  /** What a letter of refusal says, as a sentence without its subject. */
  readonly text: string;
  /** Rights that it may meet; all where absent. */
  readonly rights?: readonly Right[];
  /** Categories that it is about, as words of the vocabulary; all where absent. */
  readonly categories?: readonly string[];
  /** What ends it, where something stays because of it: a date, which must be named, or an event, such as the end of a claim. */
  readonly ends?: 'date' | 'event';
};

/** A legal basis of processing, named as policies name it, or the purposes of one that has rights of its own. */
export type LegalBasis = Sourced & {
  readonly id: string;
  /** Purposes that are read by this entry and not by their own basis. */
  readonly purposes?: readonly string[];
  readonly rights: Partial<Readonly<Record<Right, BasisRight>>>;
};

/** What somebody may ask where data are processed on a basis. */
export interface BasisRight {
  readonly is: 'granted' | 'conditional' | 'none';
  readonly article: string;
  /** What it depends on, as the end of a sentence after "if"; there exactly where it is conditional. */
  readonly if?: string;
  /** Against this right no interest of the controller counts. */
  readonly weighed?: 'never';
}

/** Who hears somebody whom we did not satisfy. */
export type Authority = Sourced & {
  /** As a letter names it after "write to". */
  readonly name: string;
};

/** What an answer may cost. */
export type FeeRule = Sourced & {
  /** `free`: without exception. `exceptional`: only for what is unfounded or excessive. `reasonable`: cost, told first. */
  readonly kind: 'free' | 'exceptional' | 'reasonable';
  /** Free answers in twelve months, where the law counts them. */
  readonly freePerYear?: number;
  /** The most that may be asked, in the currency of the country. */
  readonly atMost?: number;
  /** Whether it is told before it is charged, so that the request can be withdrawn. */
  readonly toldFirst?: true;
};

/** From which age people consent for themselves. */
export type ChildrenRule = Sourced & {
  readonly minimumAge: number;
  /** Where a state set its own age, by ISO 3166 code. */
  readonly byCountry?: Readonly<Record<string, number>>;
};

export type RecordDuty = Sourced & {
  readonly id: string;
  /** What is recorded. */
  readonly text: string;
  /** ISO 8601 period; absent where the law gives no number. */
  readonly atLeast?: string;
};

/** Whether people's content may train models until they object, or only once they agreed. */
export type TrainingRule = Sourced & { readonly mode: 'opt-in' | 'opt-out' };

export type RetentionFloor = Sourced & {
  readonly country: string;
  readonly record: FloorRecord;
  /** ISO 8601 period. */
  readonly atLeast: string;
  readonly runsFrom: FloorStart;
};

export const FLOOR_RECORDS = ['payment', 'books', 'correspondence', 'log'] as const;
export type FloorRecord = (typeof FLOOR_RECORDS)[number];

/** Almost never the day on which a record was made: counted from there, it is deleted up to a year too early. */
export const FLOOR_STARTS = ['end-of-year', 'end-of-financial-year', 'last-entry', 'tax-return', 'creation'] as const;
export type FloorStart = (typeof FLOOR_STARTS)[number];
