import type { Policy } from '../policy/policy.ts';
import { finding, type LintFinding } from './lintFinding.ts';

/** What the published text announces and does not give, or takes for a consent that is none. */
export function lintNotice({ notice, recipients }: Policy): LintFinding[] {
  const names = recipients.map((recipient) => recipient.label).join(', ') || 'nobody';
  const findings: LintFinding[] = [];

  if (notice.acceptance?.by === 'use') {
    const message = 'using a service is no consent (Art 4(11) and 7 GDPR); the acceptance is recorded and sets no flag';
    const remedy = 'ask for each consent by itself, and let the notice say so';
    findings.push(
      finding('CONSENT_BY_USE', { where: 'notice.acceptance', clause: notice.acceptance.clause }, message, remedy),
    );
  }
  if (notice.thirdParties?.listed.length === 0) {
    const place = { where: 'notice.third-parties', clause: notice.thirdParties.clause };
    const message = 'the notice announces a list of third parties and lists nobody';
    findings.push(finding('ANNOUNCED_LIST_EMPTY', place, message, `publish the list; the policy has: ${names}`));
  }
  if (notice.dated && notice.lastUpdated === undefined) {
    const place = { where: 'notice.changes', clause: notice.clause };
    const message = 'the notice announces a date of last update and gives none';
    findings.push(finding('ANNOUNCED_DATE_ABSENT', place, message, 'add lastUpdated: with the day, as YYYY-MM-DD'));
  }
  if (notice.poweredBy !== undefined && !recipients.some(({ kind }) => kind === 'model-provider')) {
    const { operator, clause } = notice.poweredBy;
    const message = `the service runs on models of ${operator}, and no provider of models is among those who receive data: ${names}`;
    const remedy = `list ${operator} under recipients with its agreement, or until then send nothing there: it is denied`;
    findings.push(finding('MODEL_OPERATOR_UNLISTED', { where: 'notice.powered-by', clause }, message, remedy));
  }
  return findings;
}
