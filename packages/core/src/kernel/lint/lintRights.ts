import type { Right } from '../classify/right.ts';
import { periodDays } from '../policy/periodDays.ts';
import type { Policy } from '../policy/policy.ts';
import type { LintFinding } from './lintFinding.ts';

/** Rights that people have by statute whatever a notice says (Arts 15 to 21 and 7(3) GDPR). */
const statutory: readonly Right[] = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'withdraw-consent',
];

/** Where the statute grants more than the notice, the statute wins; these are the places. */
export function lintRights(policy: Policy): LintFinding[] {
  const missing = statutory
    .filter((right) => !policy.rights.some((rule) => rule.right === right))
    .map(
      (right): LintFinding => ({
        code: 'RIGHT_WITHOUT_EXECUTOR',
        severity: 'warning',
        where: `rights.${right}`,
        message: `people have the right of ${right} by statute, and nobody is named to carry it out`,
        remedy: `add rights: ${right}: {executor, respondWithin, from, clause}`,
      }),
    );
  const slow = policy.rights
    .filter((rule) => rule.respondWithin !== undefined && periodDays(rule.respondWithin) > 31)
    .map(
      (rule): LintFinding => ({
        code: 'NOTICE_NARROWER_THAN_STATUTE',
        severity: 'warning',
        clause: rule.clause,
        where: `rights.${rule.right}`,
        message: `the notice promises an answer within ${rule.respondWithin}, the statute within one month (Art 12(3) GDPR)`,
        remedy: 'promise a month or less; until then the statute is kept',
      }),
    );
  return [...missing, ...slow];
}
