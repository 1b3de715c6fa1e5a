import type { StoredRequest } from '../kept.ts';
import { type Choice, choices } from './choice.ts';
import type { Desk } from './desk.ts';
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

/** Whether this colleague had a part in the answer that an appeal is against. The engine refuses them. */
export function hadPart(contested: StoredRequest | undefined, { me }: Desk): boolean {
  const signed = (contested ?? {}) as { [K in 'refusal' | 'proposal' | 'approval' | 'decision']?: { by: string } };
  const answeredBy = contested?.status === 'answered' ? contested.answeredBy : undefined;
  const all = [signed.refusal?.by, signed.proposal?.by, signed.approval?.by, signed.decision?.by, answeredBy];
  return all.includes(me);
}
