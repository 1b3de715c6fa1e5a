import type { ConsentEvent } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import { regimeFor } from '../residence/regimeFor.ts';
import { consentInForce } from './consentInForce.ts';

/** Whether somebody's yes stands now: theirs, or their silence where the law of their residence takes it for one. */
export function consentStanding(
  policy: Policy,
  flag: string,
  { history, country }: { readonly history: readonly ConsentEvent[]; readonly country?: string | undefined },
  now: Date,
): { readonly stands: boolean; readonly because: string } {
  const state = consentInForce(history, flag, now);
  const givenIn = policy.consents.find((consent) => consent.flag === flag)?.givenIn ?? [];
  const regime = regimeFor(country, policy.residence, policy.regimes.fallback);
  if (state.since !== undefined || !givenIn.includes(regime)) return { stands: state.inForce, because: state.because };
  return { stands: true, because: `${flag} is given under ${regime} unless withdrawn` };
}
