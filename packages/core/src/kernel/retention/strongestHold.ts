import type { Hold, Reason } from '../decision.ts';
import { isRestrictionGround, type RestrictionGround } from '../request/restrictionGround.ts';

/** From the strongest to the weakest. */
const rank: readonly Hold['kind'][] = ['legal', 'restriction', 'access-open'];

const words: Readonly<Record<Hold['kind'], string>> = {
  legal: 'kept under a legal hold',
  restriction: 'kept while its processing is restricted',
  'access-open': 'kept while a request for access is open',
};

/** Why each kind of hold outranks an erasure. */
const articles: Readonly<Record<Hold['kind'], string>> = {
  legal: 'Art 17(3)(e) GDPR',
  restriction: 'Art 18(2) GDPR',
  'access-open': 'Art 15(3) GDPR',
};

/** Why a restriction stands, as whoever it is for reads it. */
const restricted: Readonly<Record<RestrictionGround, string>> = {
  'accuracy-contested': 'it is restricted while it is checked whether it is accurate',
  unlawful: 'it is restricted instead of erased, as was asked',
  'needed-for-claims': 'it is restricted, and needed for legal claims of the person',
  'objection-pending': 'it is restricted while an objection is weighed',
  'not-stated': 'it is restricted, as was asked',
};

/** On which ground something held stays, in words. What staff wrote when they placed the hold stands as they wrote it. */
export function holdGround({ kind, ground }: Hold): { readonly article: string; readonly text: string } {
  const text = kind === 'restriction' && isRestrictionGround(ground) ? restricted[ground] : ground;
  return { article: articles[kind], text };
}

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
