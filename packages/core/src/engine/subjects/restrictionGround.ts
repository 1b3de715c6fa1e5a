/** Why processing is restricted (Art 18(1)(a) to (d) GDPR). */
export const RESTRICTION_GROUNDS = [
  'accuracy-contested',
  'unlawful',
  'needed-for-claims',
  'objection-pending',
] as const;

export type RestrictionGround = (typeof RESTRICTION_GROUNDS)[number];

export function isRestrictionGround(ground: unknown): ground is RestrictionGround {
  return RESTRICTION_GROUNDS.some((one) => one === ground);
}
