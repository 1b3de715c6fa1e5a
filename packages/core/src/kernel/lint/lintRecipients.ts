import { warningDays } from '../decide/recipientVoices.ts';
import { isThirdCountry } from '../decide/thirdCountry.ts';
import type { Policy, Recipient } from '../policy/policy.ts';
import { daysUntilEnd } from '../recipient/daysUntilEnd.ts';
import { finding, type LintFinding } from './lintFinding.ts';

/** Recipients that would be denied at run time, or soon. */
export function lintRecipients(policy: Policy, now?: Date): LintFinding[] {
  return policy.recipients.flatMap((recipient) => [
    ...agreement(recipient, policy.controller.zone, now),
    ...transfer(recipient, policy),
    ...terms(recipient),
  ]);
}

function agreement(recipient: Recipient, zone: string, now?: Date): LintFinding[] {
  const about = { clause: recipient.clause, where: `recipients.${recipient.name}` };
  if (recipient.agreement === undefined) {
    if (!recipient.needsAgreement) return [];
    const message = `${recipient.label} acts on our behalf and has no agreement on record, so every disclosure is denied`;
    const remedy = 'record agreement: {reference, signed, expires}';
    return [finding('RECIPIENT_WITHOUT_AGREEMENT', about, message, remedy)];
  }
  if (now === undefined) return [];

  const { reference, expires } = recipient.agreement;
  const left = daysUntilEnd(recipient.agreement, zone, now);
  const remedy = 'renew it and record the new dates';
  if (left < 0) {
    const message = `agreement ${reference} with ${recipient.label} expired on ${expires}, so every disclosure is denied`;
    return [finding('AGREEMENT_EXPIRED', about, message, remedy)];
  }
  if (left > warningDays) return [];
  const message = `agreement ${reference} with ${recipient.label} ends in ${left} days, on ${expires}`;
  return [finding('AGREEMENT_EXPIRING', about, message, remedy)];
}

function transfer(recipient: Recipient, policy: Policy): LintFinding[] {
  const { safeguards, clause } = policy.transfers ?? {
    safeguards: policy.vocabulary.safeguards.map(({ name }) => name),
    clause: recipient.clause,
  };
  if (!isThirdCountry(recipient.country, policy.controller.country)) return [];
  if (recipient.safeguard !== undefined && safeguards.includes(recipient.safeguard)) return [];
  const message = `data goes to ${recipient.label} in ${recipient.country} without a safeguard that the notice names`;
  const remedy = `record safeguard: one of ${safeguards.join(', ')}`;
  return [
    finding('THIRD_COUNTRY_WITHOUT_SAFEGUARD', { where: `recipients.${recipient.name}`, clause }, message, remedy),
  ];
}

/** Authorities and the like have no terms of their own; whoever works with the data regularly has. */
function terms(recipient: Recipient): LintFinding[] {
  if (recipient.terms !== undefined || !recipient.needsAgreement) return [];
  const place = { where: `recipients.${recipient.name}`, clause: recipient.clause };
  const message = `the notice cannot link the privacy policy of ${recipient.label}`;
  return [finding('RECIPIENT_WITHOUT_TERMS', place, message, 'add terms: with its address')];
}
