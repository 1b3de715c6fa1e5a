import type { StoredRequest } from '../kept.ts';
import { type Choice, choices } from './choice.ts';
import type { Typed } from './weigh.ts';
import { RIGHT_LABEL, STATUS_LABEL } from './words.ts';

/** A complaint or an appeal: what it is against, and how it ends. */
export interface ContestForm {
  readonly outcomes: readonly Choice[];
  readonly reason: string;
  /** What it is about, where that was found. */
  readonly against: string | undefined;
}

const OUTCOMES = {
  upheld: 'They are right: it is taken up anew, before all others',
  rejected: 'They are not: it stays as it was answered',
};

export function presentContest(contested: StoredRequest | undefined, typed: Typed): ContestForm {
  return {
    outcomes: choices(OUTCOMES, typed?.outcome),
    reason: typed?.reason ?? '',
    against: contested && `${RIGHT_LABEL[contested.right]}: ${STATUS_LABEL[contested.status].toLowerCase()}`,
  };
}
