import type { RestrictionReason } from '../ports/letterModels.ts';

/** A ground as letters ask for it. */
export function reasonOf(ground: string): RestrictionReason {
  return {
    contested: ground === 'accuracy-contested',
    unlawful: ground === 'unlawful',
    claims: ground === 'needed-for-claims',
    objection: ground === 'objection-pending',
    unstated: ground === 'not-stated',
  };
}
