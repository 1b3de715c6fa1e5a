import { RIGHTS, type Right } from '../classify/right.ts';
import type { Regime } from '../clock/regime.ts';
import type { Policy } from '../policy/policy.ts';

/**
 * What a person may ask for under a law: what the notice promises to everybody, and what the law grants beyond it. A right
 * that the pack takes from the statutes is there for those whose law has it.
 */
export function rightsUnder(policy: Pick<Policy, 'rights'>, regime: Pick<Regime, 'rights'>): Right[] {
  const promised = policy.rights.filter(({ from }) => from !== 'statute').map(({ right }) => right);
  return RIGHTS.filter((right) => promised.includes(right) || regime.rights[right] !== undefined);
}
