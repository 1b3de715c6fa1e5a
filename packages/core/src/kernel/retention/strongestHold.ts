import type { Hold, Reason } from '../decision.ts';

/** From the strongest to the weakest. */
const rank: readonly Hold['kind'][] = ['legal', 'restriction', 'access-open'];

const words: Readonly<Record<Hold['kind'], string>> = {
  legal: 'kept under a legal hold',
  restriction: 'kept while its processing is restricted',
  'access-open': 'kept while a request for access is open',
};

/** Why each kind of hold outranks an erasure. */
export const holdArticles: Readonly<Record<Hold['kind'], string>> = {
  legal: 'Art 17(3)(e) GDPR',
  restriction: 'Art 18(2) GDPR',
  'access-open': 'Art 15(3) GDPR',
};

/** Whether the hold reaches the record at this moment. */
export function isHeld(hold: Hold, collection: string, subject: string | undefined, now: Date): boolean {
  const there = hold.collection === undefined || hold.collection === collection;
  const theirs = hold.subject === undefined || hold.subject === subject;
  return there && theirs && hold.from <= now && (hold.until === undefined || now < hold.until);
}

/** The hold that speaks where several meet: the strongest kind, of these the one that lasts longest. */
export function strongestHold(
  holds: readonly Hold[],
  collection: string,
  subject: string | undefined,
  now: Date,
): Hold | undefined {
  const end = (hold: Hold): number => hold.until?.getTime() ?? Number.POSITIVE_INFINITY;
  return holds
    .filter((hold) => isHeld(hold, collection, subject, now))
    .sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind) || (end(a) === end(b) ? 0 : end(b) - end(a)))[0];
}

export function holdReason(hold: Hold): Reason {
  return { rule: `holds.${hold.kind}`, clause: '', text: words[hold.kind] };
}
