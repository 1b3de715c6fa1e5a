import type { DisclosureProposal, DisclosureScope } from './disclosures/disclosureProposal.ts';
import type { Page } from './kept.ts';

/**
 * Disclosures that need a legal reference: to an authority, to counsel, to a successor. One staff member proposes exactly
 * one of them, a privacy lead who is somebody else approves it, and it is made once, in the time that the approval stands.
 */
export interface DisclosureProposals {
  /** Throws INPUT_INVALID, DISCLOSURE_INVALID, DISCLOSURE_REFUSED where the policy does not permit it, APPROVAL_REFUSED. */
  propose(input: DisclosureScope & { readonly reason: string; readonly by: string }): Promise<DisclosureProposal>;
  /** The policy is asked again. Throws PROPOSAL_NOT_FOUND, PROPOSAL_CONFLICT, DISCLOSURE_REFUSED, APPROVAL_REFUSED. */
  approve(id: string, by: string): Promise<DisclosureProposal>;
  /** By any staff member, before it is used. Throws PROPOSAL_NOT_FOUND, PROPOSAL_CONFLICT, APPROVAL_REFUSED. */
  withdraw(id: string, by: string): Promise<DisclosureProposal>;
  /** Newest first; without a status, all. */
  proposals(options?: { status?: 'open' | 'closed'; skip?: number; limit?: number }): Promise<Page<DisclosureProposal>>;
}
