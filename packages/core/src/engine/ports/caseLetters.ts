import type { Right } from '../../kernel/classify/right.ts';
import type { LawFacts, LetterFrame } from './letterModels.ts';

/** Letters of the less usual cases, and what each of them must be told. */
export interface CaseLetters {
  /** To an address that is in no record, and whose holder learns so only after pressing the link. */
  'confirm-address': ChallengeLetter;
  /** To the person for whom somebody asks. */
  'confirm-mandate': ChallengeLetter & { readonly agent: string };
  'rights-nothing-found': LetterFrame & {
    readonly right: Right;
    readonly receivedOn: string;
    readonly law: LawFacts;
  };
  /** To whoever acts for another: the same whether there is such a person or not. */
  'agent-received': LetterFrame & {
    readonly rights: readonly Right[];
    readonly receivedOn: string;
    readonly answerBy: string;
  };
  'agent-answered': LetterFrame & { readonly right: Right; readonly receivedOn: string };
  'complaint-decided': ContestLetter;
  'appeal-decided': ContestLetter;
}

interface ChallengeLetter extends LetterFrame {
  readonly right: Right;
  readonly receivedOn: string;
  readonly link: string;
  readonly expiresOn: string;
}

interface ContestLetter extends LetterFrame {
  readonly receivedOn: string;
  readonly upheld: boolean;
  readonly reason: string;
  /** What it was about, where that was a request. */
  readonly contested: Right | null;
  readonly law: LawFacts;
}
