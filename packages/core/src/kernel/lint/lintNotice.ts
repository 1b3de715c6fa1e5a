import type { Policy } from '../policy/policy.ts';
import type { LintFinding } from './lintFinding.ts';

/** What the published text announces and does not give, or takes for a consent that is none. */
export function lintNotice({ notice, recipients }: Policy): LintFinding[] {
  const findings: LintFinding[] = [];
  if (notice.acceptance?.by === 'use') {
    findings.push({
      code: 'CONSENT_BY_USE',
      severity: 'warning',
      clause: notice.acceptance.clause,
      where: 'notice.acceptance',
      message: 'using a service is no consent (Art 4(11) and 7 GDPR); the acceptance is recorded and sets no flag',
      remedy: 'ask for each consent by itself, and let the notice say so',
    });
  }
  if (notice.thirdParties?.listed.length === 0) {
    const names = recipients.map((recipient) => recipient.label).join(', ');
    findings.push({
      code: 'ANNOUNCED_LIST_EMPTY',
      severity: 'warning',
      clause: notice.thirdParties.clause,
      where: 'notice.third-parties',
      message: 'the notice announces a list of third parties and lists nobody',
      remedy: `publish the list; the register has: ${names}`,
    });
  }
  if (notice.dated && notice.lastUpdated === undefined) {
    findings.push({
      code: 'ANNOUNCED_DATE_ABSENT',
      severity: 'warning',
      ...(notice.clause !== undefined && { clause: notice.clause }),
      where: 'notice.changes',
      message: 'the notice announces a date of last update and gives none',
      remedy: 'add lastUpdated: with the day, as YYYY-MM-DD',
    });
  }
  return findings;
}
