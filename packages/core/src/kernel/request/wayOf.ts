import type { Right } from '../classify/right.ts';
import { isAddressSubject } from './addressSubject.ts';

/**
 * How a request comes to be carried out: `approved` where two people sign for its preview first, `decided` where a staff
 * member weighs it first, `direct` where nothing stands between the person's word and its effect.
 */
export type Way = 'approved' | 'decided' | 'direct';

const ways: Readonly<Record<Right, Way>> = {
  access: 'direct',
  portability: 'direct',
  erasure: 'approved',
  rectification: 'decided',
  restriction: 'direct',
  objection: 'decided',
  'withdraw-consent': 'direct',
  'optout-training': 'direct',
  'optout-marketing': 'direct',
  'optout-sale': 'direct',
  complaint: 'decided',
  appeal: 'decided',
};

/**
 * By the right, by what somebody else reports in its name, and by whose it is: of somebody who is in no record there is nothing
 * to sign for or to weigh but what they complain of.
 */
export function wayOf({ right, report, subject = '' }: Asked): Way {
  if (report === 'pictured') return 'decided';
  const contests = right === 'complaint' || right === 'appeal';
  return isAddressSubject(subject) && !contests ? 'direct' : ways[right];
}

interface Asked {
  readonly right: Right;
  readonly report?: string;
  readonly subject?: string;
}
