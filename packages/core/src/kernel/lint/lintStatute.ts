import type { Regime } from '../clock/regime.ts';
import type { RetentionFloor } from '../clock/regimeDuties.ts';
import { periodDays } from '../policy/periodDays.ts';
import type { Policy, RetentionRule } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { finding, type LintFinding } from './lintFinding.ts';

/** Records of payments that would go before the tax law of the controller's country lets them. */
export function lintStatute(policy: Policy, regimes: readonly Regime[]): LintFinding[] {
  const { country } = policy.controller;
  const floor = regimes
    .flatMap((regime) => regime.retentionFloors)
    .find((one) => one.country === country && one.record === 'payment');
  if (floor === undefined) return [];
  return policy.retention
    .filter((rule) => rule.covers.some((word) => covers(word, 'payment.record') || covers('payment.record', word)))
    .filter((rule) => !meets(rule, floor))
    .map((rule) => {
      const has = rule.keep.atLeast ?? 'no floor';
      const message = `${rule.id} has ${has}, and ${floor.article} (${country}) wants ${floor.atLeast} from ${floor.runsFrom}`;
      const place = { where: `retention.${rule.id}`, clause: rule.clause };
      return finding('RETENTION_BELOW_FLOOR', place, message, `write atLeast: ${floor.atLeast}, fromEndOf: year`);
    });
}

function meets({ keep }: RetentionRule, floor: RetentionFloor): boolean {
  if (keep.atLeast === undefined) return false;
  const late = floor.runsFrom !== 'end-of-year' || keep.fromEndOf === 'year';
  return periodDays(keep.atLeast) >= periodDays(floor.atLeast) && late;
}
