import type { Policy } from '../policy/policy.ts';
import type { LintFinding } from './lintFinding.ts';
import { lintNotice } from './lintNotice.ts';
import { lintPeriods } from './lintPeriods.ts';
import { lintProhibitions } from './lintProhibitions.ts';
import { lintRecipients } from './lintRecipients.ts';
import { lintRights } from './lintRights.ts';

const order = ['error', 'warning', 'info'];

/** What is broken, missing or chosen in a policy, the worst first. Without `now`, dates of agreements are not looked at. */
export function lint(policy: Policy, now?: Date): { readonly findings: readonly LintFinding[] } {
  const findings = [
    ...lintRecipients(policy, now),
    ...lintProhibitions(policy),
    ...lintNotice(policy),
    ...lintPeriods(policy),
    ...lintRights(policy),
  ];
  const key = (one: LintFinding): string => `${order.indexOf(one.severity)} ${one.code} ${one.where}`;
  return { findings: findings.sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}
