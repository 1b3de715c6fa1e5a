import { consentStanding } from '../consent/consentStanding.ts';
import type { ConsentEvent, Decision, Reason } from '../decision.ts';
import { insteadOf } from '../policy/nearestWord.ts';
import type { Policy } from '../policy/policy.ts';
import { questionInvalid } from './questionInvalid.ts';

/**
 * Whether a kind of cookie (and what is governed like one, such as local storage) may be set for somebody now. `country`
 * is their residence, ISO 3166: where it is not known, silence is no yes.
 * @throws KeptError QUESTION_INVALID for a kind that the policy does not name
 */
export function decideCookie(
  policy: Policy,
  kind: string,
  history: readonly ConsentEvent[],
  now: Date,
  country?: string,
): Decision {
  const cookie = policy.cookies.find((one) => one.kind === kind);
  if (cookie === undefined) {
    const known = policy.cookies.map((one) => one.kind);
    throw questionInvalid('kind of cookie', kind, insteadOf(kind, known));
  }

  const because = (text: string): readonly Reason[] => [{ rule: `cookies.${kind}`, clause: cookie.clause, text }];
  const rest = { missing: [], terms: [] };
  if (cookie.consent === undefined)
    return { outcome: 'permitted', because: because('needed for what was asked for'), ...rest };
  const standing = consentStanding(policy, cookie.consent, { history, country }, now);
  return { outcome: standing.stands ? 'permitted' : 'forbidden', because: because(standing.because), ...rest };
}
