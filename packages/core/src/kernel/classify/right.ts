/** What a person may ask for, in the words of the vocabulary. */
export type Right =
  | 'access'
  | 'portability'
  | 'erasure'
  | 'rectification'
  | 'restriction'
  | 'objection'
  | 'withdraw-consent'
  | 'optout-training'
  | 'optout-marketing'
  | 'optout-sale'
  | 'complaint'
  | 'appeal';

/** Every right, in the order in which lists show them. */
export const RIGHTS: readonly Right[] = [
  'access',
  'portability',
  'erasure',
  'rectification',
  'restriction',
  'objection',
  'withdraw-consent',
  'optout-training',
  'optout-marketing',
  'optout-sale',
  'complaint',
  'appeal',
];
