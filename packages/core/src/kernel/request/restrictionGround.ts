/**
 * Why processing is restricted: Art 18(1)(a) to (d) GDPR, and `not-stated` where the person named no reason. Then nothing is
 * guessed: the data is stored and neither used nor erased, whichever of them it is, until staff know.
 */
export const RESTRICTION_GROUNDS = [
  'accuracy-contested',
  'unlawful',
  'needed-for-claims',
  'objection-pending',
  'not-stated',
] as const;

export type RestrictionGround = (typeof RESTRICTION_GROUNDS)[number];

export function isRestrictionGround(ground: unknown): ground is RestrictionGround {
  return RESTRICTION_GROUNDS.some((one) => one === ground);
}
