import type { Right } from '../classify/right.ts';
import { isMarketing } from '../objection/isMarketing.ts';
import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { type Signalled, signalled } from './signalled.ts';

export type OptOut = Extract<Right, `optout-${string}`>;

/** What an opt-out takes back under a policy. That of sale is what `Sec-GPC: 1` says without a word (11 CCR 7025). */
export function optedOut(policy: Policy, right: OptOut): Signalled {
  if (right === 'optout-sale') return signalled(policy);
  const isRefused = (purpose: string): boolean =>
    right === 'optout-training' ? covers('training', purpose) : isMarketing(policy.vocabulary, purpose);
  return {
    flags: policy.consents.filter(({ gates }) => gates.purposes.some(isRefused)).map(({ flag }) => flag),
    purposes: policy.purposes.filter(({ name, objectable }) => objectable && isRefused(name)).map(({ name }) => name),
  };
}
