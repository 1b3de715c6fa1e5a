import { Temporal } from '../clock/temporal.ts';
import { consentInForce } from '../consent/consentInForce.ts';
import { consentsLeft } from '../objection/objectionTo.ts';
import type { Recipient } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { countryOf } from '../residence/countryOf.ts';
import { localDay } from '../retention/endOf.ts';
import { unlisted } from './purposeVoices.ts';
import { isThirdCountry } from './thirdCountry.ts';
import { allow, forbid, type Inquiry, type Voice } from './voice.ts';

/** From how many days before its end an agreement is spoken of. */
export const warningDays = 60;

/** Whoever receives data is listed, for this category and purpose, under an agreement and a safeguard in force. */
export function recipientVoices(inquiry: Inquiry): Voice[] {
  const { table, question } = inquiry;
  if (question.recipient === undefined) return [];
  const recipient = table.recipient(question.recipient);
  if (recipient === undefined)
    return [...unlisted(inquiry, 'recipients', 'the recipient is not listed'), ...unlistedOperator(inquiry)];
  return [
    ...scope(inquiry, recipient),
    ...needs(inquiry, recipient),
    ...agreement(inquiry, recipient),
    ...transfer(inquiry, recipient),
    ...training(inquiry, recipient),
  ];
}

/** The text itself says whose models it runs on: while it does not list them as well, that is the reason. */
function unlistedOperator({ policy, question }: Inquiry): Voice[] {
  const { poweredBy } = policy.notice;
  if (poweredBy === undefined || question.recipient?.toLowerCase() !== poweredBy.operator.toLowerCase()) return [];
  const text = `the service runs on models of ${poweredBy.operator}, whom the notice does not list`;
  return [forbid('notice.powered-by', poweredBy.clause, text)];
}

function ruleOf(recipient: Recipient): string {
  return `recipients.${recipient.name}`;
}

function scope({ question }: Inquiry, recipient: Recipient): Voice[] {
  const rule = ruleOf(recipient);
  const voices: Voice[] = [];
  if (!recipient.categories.some((word) => covers(word, question.category))) {
    voices.push(forbid(rule, recipient.clause, `${recipient.label} does not receive ${question.category}`));
  }
  if (!recipient.purposes.some((word) => covers(word, question.purpose))) {
    voices.push(
      forbid(
        rule,
        recipient.limitedBy ?? recipient.clause,
        `${recipient.label} receives nothing for ${question.purpose}`,
      ),
    );
  }
  return voices.length > 0 ? voices : [allow(rule, recipient.clause, `${recipient.label} is listed for this`)];
}

function needs({ question }: Inquiry, recipient: Recipient): Voice[] {
  const clause = recipient.limitedBy ?? recipient.clause;
  return recipient.needs.flatMap((need) => {
    if (need === 'generation-id') {
      return question.generation ? [] : [forbid(ruleOf(recipient), clause, 'no generation asked for it')];
    }
    if (need === 'terms') {
      const { label, terms } = recipient;
      if (terms === undefined) return [forbid(ruleOf(recipient), clause, `the terms of ${label} are not on record`)];
      return [allow(ruleOf(recipient), clause, `${label} works under its own terms`, [`terms: ${terms}`])];
    }
    if (!question.reference) return [forbid(ruleOf(recipient), clause, 'no legal reference is recorded')];
    return [
      allow(ruleOf(recipient), clause, `asked for under ${question.reference}`, [
        'a second person approves the disclosure',
      ]),
    ];
  });
}

function agreement({ policy, now }: Inquiry, recipient: Recipient): Voice[] {
  const rule = ruleOf(recipient);
  if (recipient.agreement === undefined) {
    return recipient.needsAgreement ? [forbid(rule, recipient.clause, 'no agreement is on record')] : [];
  }
  const { reference, signed, expires } = recipient.agreement;
  const today = localDay(now, policy.controller.zone);
  if (Temporal.PlainDate.compare(today, Temporal.PlainDate.from(signed)) < 0) {
    return [forbid(rule, recipient.clause, `agreement ${reference} is in force from ${signed} only`)];
  }
  const left = today.until(Temporal.PlainDate.from(expires), { largestUnit: 'days' }).days;
  if (left < 0) return [forbid(rule, recipient.clause, `agreement ${reference} expired on ${expires}`)];
  const ending = left <= warningDays ? [`renew agreement ${reference}: ${left} days are left`] : [];
  return [
    allow(rule, recipient.clause, `under agreement ${reference}`, [
      `agreement ${reference} until ${expires}`,
      ...ending,
    ]),
  ];
}

function transfer({ policy, facts }: Inquiry, recipient: Recipient): Voice[] {
  // A notice that promises a mechanism for what leaves somebody's country means theirs; an authority asks the controller.
  const theirs = policy.transfers !== undefined && !recipient.needs.includes('legal-reference') && facts.country;
  const homes = [policy.controller.country, ...(theirs ? [countryOf(theirs)] : [])];
  if (!homes.some((home) => isThirdCountry(recipient.country, home))) return [];
  // A notice that does not speak of transfers names no mechanism of its own: any that the law knows will do.
  const { clause, safeguards } = policy.transfers ?? {
    clause: recipient.clause,
    safeguards: policy.vocabulary.safeguards.map(({ name }) => name),
  };
  const rule = policy.transfers === undefined ? ruleOf(recipient) : 'transfers.safeguards';
  if (recipient.safeguard === undefined || !safeguards.includes(recipient.safeguard)) {
    return [forbid(rule, clause, `no safeguard is recorded for the transfer to ${recipient.country}`)];
  }
  return [
    allow(rule, clause, `transfer to ${recipient.country} under ${recipient.safeguard}`, [
      `${recipient.country}: ${recipient.safeguard}`,
    ]),
  ];
}

/** Handing content to a provider that may train on it is allowing the training. */
function training({ table, question, facts, now }: Inquiry, recipient: Recipient): Voice[] {
  if (!recipient.trainsOnData) return [];
  const flags = table.gatesOf('training.provider', question.category);
  if (flags.length === 0)
    return [forbid(ruleOf(recipient), recipient.clause, `${recipient.label} may train on what it receives`)];
  return flags
    .filter(({ flag }) => !consentInForce(consentsLeft('training.provider', facts, [flag], now), flag, now).inForce)
    .map((consent) =>
      forbid(
        `consents.${consent.flag}`,
        consent.clause,
        `${recipient.label} may train on it, and ${consent.flag} is not given`,
      ),
    );
}
