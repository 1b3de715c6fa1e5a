import type { Regime } from '../clock/regime.ts';
import { touches } from '../decide/policyTable.ts';
import type { ConsentFlag, Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { finding, type LintFinding } from './lintFinding.ts';

/** Flags that decide nothing, and a silence that a law does not take for a yes. */
export function lintConsents(policy: Policy, regimes: readonly Regime[]): LintFinding[] {
  return policy.consents.flatMap((consent) => [...idle(consent, policy), ...silence(consent, policy, regimes)]);
}

function idle(consent: ConsentFlag, { purposes, cookies }: Policy): LintFinding[] {
  const { flag, clause, gates } = consent;
  const gating = purposes.some(
    (purpose) =>
      gates.purposes.some((gate) => touches(gate, purpose.name)) &&
      gates.categories.some((gate) => purpose.categories.some((word) => touches(gate, word))),
  );
  if (gating || cookies.some((cookie) => cookie.consent === flag)) return [];
  const message = `${flag} gates no purpose that the policy lists together with a category of it`;
  return [
    finding(
      'CONSENT_GATES_NOTHING',
      { where: `consents.${flag}`, clause },
      message,
      'name the purposes and categories that wait for it, or remove the flag',
    ),
  ];
}

function silence(consent: ConsentFlag, policy: Policy, regimes: readonly Regime[]): LintFinding[] {
  if (consent.asks === 'opt-in' || !consent.gates.purposes.some((word) => covers('training', word))) return [];
  const place = { where: `consents.${consent.flag}`, clause: consent.clause };
  const wantsOptIn = regimes.filter((regime) => regime.training.mode === 'opt-in');
  const home = wantsOptIn.find(({ id }) => id === policy.controller.regime);

  const enforced = wantsOptIn
    .filter(({ id }) => consent.givenIn.includes(id))
    .map(({ id, training }) => {
      const message = `silence is taken for a yes under ${id}, which asks for an opt-in (${training.article}${mark(training)})`;
      return finding('TRAINING_OPT_OUT_ENFORCED', place, message, `take ${id} out of givenIn:`);
    });
  if (home === undefined) return enforced;
  const { id, training } = home;
  const message = `the notice trains until somebody objects, and ${id} asks for an opt-in (${training.article}${mark(training)}); it is denied there without a yes`;
  return [...enforced, finding('TRAINING_OPT_OUT', place, message, 'ask first, and let the notice say so')];
}

function mark({ unverified }: { readonly unverified?: true }): string {
  return unverified === true ? ', unverified' : '';
}
