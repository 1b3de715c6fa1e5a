import type { Right } from '../classify/right.ts';
import type { BasisRight, RegimeDuties } from '../clock/regimeDuties.ts';
import type { Sourced } from '../clock/sourced.ts';
import type { Purpose } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';

/** What a law grants, and whether the table that says so was read in a text of the law. */
export type RightUnderBasis = BasisRight & Pick<Sourced, 'unverified'>;

/**
 * Whether a right holds against what is done for a purpose, by the legal basis of it: a purpose that the law names, such
 * as marketing, comes before its basis. Undefined where the law has no table of bases, or none for this right.
 */
export function rightUnder(
  { bases = [] }: Pick<RegimeDuties, 'bases'>,
  { name, basis }: Pick<Purpose, 'name' | 'basis'>,
  right: Right,
): RightUnderBasis | undefined {
  const entry =
    bases.find(({ purposes }) => purposes?.some((word) => covers(word, name))) ?? bases.find(({ id }) => id === basis);
  const granted = entry?.rights[right];
  return granted && { ...granted, ...(entry?.unverified && { unverified: true }) };
}
