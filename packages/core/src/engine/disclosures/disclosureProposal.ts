import type { Stored } from '../stored.ts';

/** What somebody asks for under a legal reference, before and after a second person has signed for exactly that. */
export interface DisclosureProposal extends Stored, DisclosureScope {
  readonly reason: string;
  /** SHA-256 of the scope: the approval is of this and of nothing else. */
  readonly hash: string;
  /** Who proposed it, and when. */
  readonly by: string;
  readonly at: Date;
  readonly approved?: { readonly by: string; readonly at: Date; readonly until: Date };
  readonly withdrawn?: { readonly by: string; readonly at: Date };
  /** The one disclosure that it was for. */
  readonly used?: { readonly disclosure: string; readonly at: Date };
  /** Withdrawn or used: nothing more happens to it. */
  readonly closedAt?: Date;
}

/** One disclosure: what of whom goes to whom, what for, and who asked for it by which paper. */
export interface DisclosureScope {
  readonly recipient: string;
  readonly subject: string;
  /** Words of the vocabulary, each once, sorted. */
  readonly categories: readonly string[];
  readonly purpose: string;
  /** Reference of the order, claim or contract. */
  readonly reference: string;
}

export type ProposalState = 'proposed' | 'approved' | 'lapsed' | 'used' | 'withdrawn';

/** Where a proposal stands: an approval that nobody used in time is none. */
export function proposalState(
  { approved, withdrawn, used }: Pick<DisclosureProposal, 'approved' | 'withdrawn' | 'used'>,
  now: Date,
): ProposalState {
  if (withdrawn) return 'withdrawn';
  if (used) return 'used';
  if (!approved) return 'proposed';
  return now < approved.until ? 'approved' : 'lapsed';
}
