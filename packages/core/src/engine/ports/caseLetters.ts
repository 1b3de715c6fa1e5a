import type { Right } from '../../kernel/classify/right.ts';
import type { LawFacts, LetterFrame } from './letterModels.ts';

/** Letters of the less usual cases, and what each of them must be told. */
export interface CaseLetters {
  'complaint-decided': ContestLetter;
  'appeal-decided': ContestLetter;
}

interface ContestLetter extends LetterFrame {
  readonly receivedOn: string;
  readonly upheld: boolean;
  readonly reason: string;
  /** What it was about, where that was a request. */
  readonly contested: Right | null;
  readonly law: LawFacts;
}
