import type { Right } from '../classify/right.ts';

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

/** What asks for it: the right, or what somebody else reports in its name. */
export function wayOf({ right, report }: { readonly right: Right; readonly report?: string }): Way {
  return report === 'pictured' ? 'decided' : ways[right];
}
