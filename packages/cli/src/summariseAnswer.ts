import type { AnswerReceipt, Claim } from '@kept/core';

/** A receipt of an answer in a few lines. Throws where it is none, whatever its format says. */
export function summariseAnswer(receipt: AnswerReceipt): object {
  const { format, service, request, identity, policy, startedAt, endedAt, outcome, missing, notClaimed } = receipt;
  return {
    ...{ format, service },
    ...(request && { request: request.id, number: request.number, right: request.right }),
    ...(request && { receivedAt: request.receivedAt }),
    ...(identity && { confirmedAt: identity.confirmedAt, by: identity.how }),
    ...(startedAt && { startedAt }),
    ...{ endedAt, outcome, policy: `${policy.pack} ${policy.version}` },
    ...Object.fromEntries(receipt.claims.map((claim) => [claim.what, inWords(claim)])),
    recipients: receipt.recipients.length,
    missing: missing.length,
    notClaimed: notClaimed.length,
  };
}

function inWords(claim: Claim): string {
  switch (claim.what) {
    case 'package-made':
      return `${claim.records} records, ${claim.files} files, until ${claim.availableUntil}; ${claim.parts.map(({ part, sha256 }) => `part ${part} ${sha256}`).join(', ')}`;
    case 'nothing-found':
      return 'nothing that the right covers';
    case 'stopped':
      return listed([...claim.flags, ...claim.purposes].map((each) => ('flag' in each ? each.flag : each.purpose)));
    case 'weighed':
      return listed(claim.balances.map(({ purpose, outcome, article }) => `${purpose} ${outcome} (${article})`));
    case 'corrected':
      return listed(claim.places.map(({ collection, field, records }) => `${collection}.${field} in ${records}`));
    case 'noted':
      return listed(claim.places.map(({ collection, field }) => `${collection}.${field}`));
    case 'restricted':
      return `${claim.ground}, since ${claim.since}`;
    case 'restriction-lifted':
      return `${claim.ground}, from ${claim.since} to ${claim.liftedAt}, told ${claim.toldAt}`;
    case 'contest-decided':
      return claim.reopenedAs ? `${claim.outcome}, taken up anew as ${claim.reopenedAs}` : claim.outcome;
    case 'taken-down':
      return `${claim.records} records (${claim.article})`;
    case 'covered':
      return `${claim.files} files (${claim.article})`;
    case 'refused':
      return claim.until ? `${claim.article}, until ${claim.until}` : claim.article;
    default:
      throw new TypeError('It claims something unknown');
  }
}

function listed(words: readonly string[]): string {
  return words.join(', ') || 'nothing';
}
