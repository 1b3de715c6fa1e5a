import { consentStanding } from '../consent/consentStanding.ts';
import type { ConsentEvent } from '../decision.ts';
import { consentsLeft, objectionTo } from '../objection/objectionTo.ts';
import { leastAges } from '../residence/leastAges.ts';
import { allow, forbid, type Inquiry, unknown, type Voice } from './voice.ts';

/** What the person said and who the person is: consent, objection, restriction, age. */
export function personVoices(inquiry: Inquiry): Voice[] {
  return [...consents(inquiry), ...objections(inquiry), ...restriction(inquiry), ...age(inquiry), ...hold(inquiry)];
}

/** An objection to what waits for a consent takes the consent back, as plainly as a withdrawal, until it is given anew. */
function consents(inquiry: Inquiry): Voice[] {
  const { policy, table, question, facts, now } = inquiry;
  const isObjected = objectionTo(question.purpose, facts.objections, now) !== undefined;
  return table
    .gatesOf(question.purpose, question.category)
    .filter(
      ({ gates }) =>
        gates.recipients === undefined ||
        (question.recipient !== undefined && gates.recipients.includes(question.recipient)),
    )
    .map(({ flag, clause }) => {
      const standing = (history: readonly ConsentEvent[]): ReturnType<typeof consentStanding> =>
        consentStanding(policy, flag, { history, country: facts.country }, now);
      const { stands, because } = standing(consentsLeft(question.purpose, facts, [flag], now));
      const isTaken = isObjected && !stands && standing(facts.consents).stands;
      return (stands ? allow : forbid)(`consents.${flag}`, clause, isTaken ? OBJECTED : because);
    });
}

const OBJECTED = 'it was objected to';

function objections(inquiry: Inquiry): Voice[] {
  const { policy, table, question, facts, now } = inquiry;
  const purpose = table.purposeFor(question.purpose);
  if (!purpose?.objectable || objectionTo(question.purpose, facts.objections, now) === undefined) return [];
  const right = policy.rights.find((rule) => rule.right === 'objection');
  return [forbid('rights.objection', right?.clause ?? purpose.clause, OBJECTED)];
}

function restriction({ policy, table, question, facts }: Inquiry): Voice[] {
  if (!facts.restricted || table.purposeFor(question.purpose)?.allowedUnderRestriction) return [];
  const right = policy.rights.find((rule) => rule.right === 'restriction');
  return [
    forbid(
      'rights.restriction',
      right?.clause ?? '',
      'processing is restricted: stored, and used for law and safety only',
    ),
  ];
}

/** An unknown age is no reason to doubt; a known one near the threshold needs the residence (Art 8 GDPR and its like). */
function age({ policy, table, question, facts }: Inquiry): Voice[] {
  if (facts.age === undefined || table.purposeFor(question.purpose)?.allowedUnderRestriction) return [];
  if (policy.children === undefined) return [];
  const rule = 'children.minimum-age';
  const { clause } = policy.children;

  const possible = leastAges(facts.country, [policy.children]);
  const [lowest = 0, highest = 0] = [possible[0], possible.at(-1)];
  if (facts.age < lowest) return [forbid(rule, clause, `below the age of ${lowest}`)];
  if (facts.age >= highest) return [];
  return [unknown(rule, clause, `the age of ${facts.age} suffices in some places only`, 'country')];
}

function hold({ facts }: Inquiry): Voice[] {
  if (!facts.held) return [];
  return [
    allow('holds.legal', '', 'a legal hold is in force', ['nothing of it may be deleted while the legal hold lasts']),
  ];
}
