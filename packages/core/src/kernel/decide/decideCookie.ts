import { consentStanding } from '../consent/consentStanding.ts';
import type { ConsentEvent, Decision, Facts, Reason } from '../decision.ts';
import { consentsLeft } from '../objection/objectionTo.ts';
import { insteadOf } from '../policy/nearestWord.ts';
import type { Policy } from '../policy/policy.ts';
import { questionInvalid } from './questionInvalid.ts';

/**
 * Whether a kind of cookie (and what is governed like one, such as local storage) may be set for somebody now. `country`
 * is their residence, ISO 3166: where it is not known, silence is no yes. A cookie serves all purposes of its flag at once,
 * so that an objection to one of them holds it back, until the consent is given anew.
 * @throws KeptError QUESTION_INVALID for a kind that the policy does not name
 */
export function decideCookie(
  policy: Policy,
  kind: string,
  history: readonly ConsentEvent[],
  now: Date,
  country?: string,
  objections: Facts['objections'] = [],
): Decision {
  const cookie = policy.cookies.find((one) => one.kind === kind);
  if (cookie === undefined) {
    const known = policy.cookies.map((one) => one.kind);
    throw questionInvalid('kind of cookie', kind, insteadOf(kind, known));
  }

  const because = (text: string): readonly Reason[] => [{ rule: `cookies.${kind}`, clause: cookie.clause, text }];
  const rest = { missing: [], terms: [] };
  const flag = cookie.consent;
  if (flag === undefined) return { outcome: 'permitted', because: because('needed for what was asked for'), ...rest };
  const purposes = policy.consents.find((one) => one.flag === flag)?.gates.purposes ?? [];
  const said = { consents: history, objections };
  const histories = [history, ...purposes.map((purpose) => consentsLeft(purpose, said, [flag], now))];
  const standings = histories.map((each) => consentStanding(policy, flag, { history: each, country }, now));
  const { stands, because: why } = standings.find((one) => !one.stands) ??
    standings[0] ?? { stands: false, because: '' };
  return { outcome: stands ? 'permitted' : 'forbidden', because: because(why), ...rest };
}
