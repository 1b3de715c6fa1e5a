import type { Regime, RightDecision, StoredRequest } from '../kept.ts';
import { type BalanceForm, presentBalances } from './balances.ts';
import { type ContestForm, presentContest } from './contest.ts';
import { type CorrectionForm, presentCorrections } from './corrections.ts';
import type { Desk } from './desk.ts';
import { type PicturedForm, presentPictured } from './pictured.ts';

export type Typed = Readonly<Record<string, string>> | undefined;

/** What the form of a decision shows, by the right; each has a template of its own. */
export type WeighModel = BalanceForm | ContestForm | CorrectionForm | PicturedForm;

/** The form of a request that has to be weighed, filled with what was typed before. */
export function presentWeigh(
  request: StoredRequest,
  beside: {
    readonly law: Regime;
    readonly contested: StoredRequest | undefined;
    readonly typed?: Typed;
    readonly weighed?: RightDecision;
  },
  desk: Desk,
): WeighModel | undefined {
  if (request.report === 'pictured') return presentPictured(request, beside.typed, desk);
  switch (request.right) {
    case 'objection':
      return presentBalances(request, beside.law, beside.typed, desk);
    case 'rectification':
      return presentCorrections(request, beside, desk.kept.policy);
    case 'complaint':
    case 'appeal':
      return presentContest(beside.contested, beside.typed);
    default:
      return undefined;
  }
}
