import type { Regime } from '../clock/regime.ts';
import type { Policy } from '../policy/policy.ts';
import { lintChildren } from './lintChildren.ts';
import { lintConsents } from './lintConsents.ts';
import type { LintFinding } from './lintFinding.ts';
import { lintGrounds } from './lintGrounds.ts';
import { lintInventory } from './lintInventory.ts';
import { lintNotice } from './lintNotice.ts';
import { lintPeriods } from './lintPeriods.ts';
import { lintProhibitions } from './lintProhibitions.ts';
import { lintRecipients } from './lintRecipients.ts';
import { lintRights } from './lintRights.ts';
import { lintRules } from './lintRules.ts';
import { lintStatute } from './lintStatute.ts';

const order = ['error', 'warning', 'info'];

export interface LintOptions {
  /** Without it, dates of agreements are not looked at. */
  readonly now?: Date;
  /** The laws to compare with; without them, nothing is said of ages, floors and training. */
  readonly regimes?: readonly Regime[];
}

/** What is broken, missing or chosen in a policy that loads, the worst first. `lintCodes` says what each code means. */
export function lint(
  policy: Policy,
  { now, regimes = [] }: LintOptions = {},
): { readonly findings: readonly LintFinding[] } {
  const findings = [
    ...lintRecipients(policy, now),
    ...lintProhibitions(policy),
    ...lintNotice(policy),
    ...lintPeriods(policy),
    ...lintRights(policy),
    ...lintConsents(policy, regimes),
    ...lintChildren(policy, regimes),
    ...lintStatute(policy, regimes),
    ...lintGrounds(policy, regimes),
    ...lintRules(policy),
    ...lintInventory(policy),
  ];
  const key = (one: LintFinding): string => `${order.indexOf(one.severity)} ${one.code} ${one.where}`;
  return { findings: findings.sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}
