import type { CorrectedValue, Correction } from './asks.ts';

/** What is corrected of a person's data, and what is noted as disputed where there is no right or wrong. */
export interface RectificationDecision {
  readonly right: 'rectification';
  readonly corrections: readonly (WantedCorrection | PlannedCorrection)[];
  /** Supplementary statements (Art 16 GDPR), such as on what the service inferred. */
  readonly statements?: readonly Statement[];
}

export interface WantedCorrection extends Correction {
  /** Just this place: what is equal elsewhere is no copy of it, such as the amount of another payment. */
  readonly only?: boolean;
}

/** As it was weighed: what stands there, and all its copies. Without values once it was carried out. */
export interface PlannedCorrection extends Omit<WantedCorrection, 'value' | 'was'> {
  readonly category: string;
  readonly value?: CorrectedValue;
  /** Null where nothing stands there: the data is completed. */
  readonly before?: CorrectedValue | null;
  /** Every place that holds the old value, as it was counted then; none where it could not be carried out. */
  readonly places: readonly {
    readonly collection: string;
    readonly field: string;
    readonly records: number;
    /** In how many the right value stood when it was read back, once it was carried out. */
    readonly standing?: number;
  }[];
}

/** What the person says of a field that stays as it is. */
export interface Statement {
  readonly collection: string;
  readonly field: string;
  readonly record?: string;
  readonly text: string;
}
