import type { Right } from '../../kernel/classify/right.ts';
import type { AnswerFrame, LawFacts, LetterFrame } from './letterModels.ts';

/** Letters of the less usual cases, and what each of them must be told. */
export interface CaseLetters {
  /** To an address that is in no record, and whose holder learns so only after pressing the link. */
  'confirm-address': ChallengeLetter;
  /** To the person for whom somebody asks. */
  'confirm-mandate': ChallengeLetter & { readonly agent: string };
  'rights-nothing-found': AnswerFrame & {
    readonly right: Right;
    readonly receivedOn: string;
    /** There is something of the person, which this right does not cover. */
    readonly elsewhere: boolean;
    readonly law: LawFacts;
  };
  /** To whoever acts for another: the same whether there is such a person or not. */
  'agent-received': LetterFrame & {
    readonly rights: readonly Right[];
    readonly receivedOn: string;
    readonly answerBy: string;
  };
  'agent-answered': LetterFrame & { readonly right: Right; readonly receivedOn: string };
  'pictured-report-received': LetterFrame & { readonly receivedOn: string; readonly answerBy: string };
  /** To whoever is pictured: says nothing of who made it. */
  'pictured-report-decided': AnswerFrame & {
    readonly receivedOn: string;
    readonly takenDown: boolean;
    readonly covered: boolean;
    readonly missing: readonly string[];
    readonly refusal: { readonly reason: string; readonly article: string } | null;
    readonly law: LawFacts;
  };
  /** To whoever made it: says nothing of who is pictured. It belongs to no ticket. */
  'content-decided': Pick<LetterFrame, 'controller'> & {
    /** What it is, in plain words. */
    readonly label: string;
    readonly record: string;
    readonly on: string;
    readonly covered: boolean;
    /** What entitles the other. */
    readonly article: string;
  };
  'complaint-decided': ContestLetter;
  'appeal-decided': ContestLetter;
}

interface ChallengeLetter extends LetterFrame {
  /** All that the same message asked for. */
  readonly rights: readonly Right[];
  readonly receivedOn: string;
  readonly link: string;
  readonly expiresOn: string;
}

interface ContestLetter extends AnswerFrame {
  readonly receivedOn: string;
  readonly upheld: boolean;
  readonly reason: string;
  /** What it was about, where that was a request. */
  readonly contested: Right | null;
  readonly law: LawFacts;
}
