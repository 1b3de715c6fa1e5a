import type { Can } from '../abilities.ts';
import { type DisclosureProposal, type Policy, type ProposalState, proposalState } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

export interface DisclosureCard {
  readonly id: string;
  readonly state: Chip;
  readonly to: string;
  readonly subject: string;
  readonly what: string;
  readonly purpose: string;
  readonly reference: string;
  readonly reason: string;
  readonly by: string;
  readonly at: When;
  readonly signed: { readonly by: string; readonly at: When; readonly until: When } | undefined;
  readonly mayApprove: boolean;
  /** Why this staff member cannot approve it, where somebody must. */
  readonly why: string;
  readonly mayWithdraw: boolean;
}

export interface DisclosuresModel {
  readonly open: readonly DisclosureCard[];
  readonly closed: readonly DisclosureCard[];
  /** Whom the policy lets have data under a legal reference; without any there is nothing to propose. */
  readonly recipients: readonly Option[];
  readonly purposes: readonly Option[];
  readonly categories: string;
}

const LOOK: Readonly<Record<ProposalState, Chip>> = {
  proposed: chip('soon', 'eyes', 'Proposed', 'A second person must approve it'),
  approved: chip('info', 'check', 'Approved', 'It may be made once'),
  lapsed: chip('overdue', 'alert', 'Lapsed', 'Nobody made it in time'),
  used: chip('met', 'check', 'Made'),
  withdrawn: chip('quiet', 'cross', 'Withdrawn'),
};

export function presentDisclosures(
  open: readonly DisclosureProposal[],
  closed: readonly DisclosureProposal[],
  policy: Policy,
  can: Can,
  desk: Desk,
): DisclosuresModel {
  const referenced = policy.recipients.filter(({ needs }) => needs.includes('legal-reference'));
  const purposes = new Set(referenced.flatMap((recipient) => recipient.purposes));
  const card = (proposal: DisclosureProposal): DisclosureCard => presentCard(proposal, policy, can, desk);
  return {
    open: open.map(card),
    closed: closed.map(card),
    recipients: referenced.map(({ name, label }) => ({ value: name, label })),
    purposes: policy.purposes
      .filter(({ name }) => purposes.has(name))
      .map(({ name, label }) => ({ value: name, label })),
    categories: [...new Set(referenced.flatMap((recipient) => recipient.categories))].sort().join(', '),
  };
}

function presentCard(proposal: DisclosureProposal, policy: Policy, can: Can, desk: Desk): DisclosureCard {
  const { _id, recipient, subject, categories, purpose, reference, reason, by, at, approved } = proposal;
  const state = proposalState(proposal, desk.now);
  const mayApprove = state === 'proposed' && can('approve', 'Disclosure', proposal);
  return {
    id: _id,
    state: LOOK[state],
    to: policy.recipients.find(({ name }) => name === recipient)?.label ?? recipient,
    subject,
    what: categories.join(', '),
    purpose: policy.purposes.find(({ name }) => name === purpose)?.label ?? purpose,
    reference,
    reason,
    by: desk.nameOf(by),
    at: desk.when(at),
    signed: approved && {
      by: desk.nameOf(approved.by),
      at: desk.when(approved.at),
      until: desk.when(approved.until),
    },
    mayApprove,
    why: state === 'proposed' && !mayApprove ? can.why('approve', 'Disclosure', proposal) : '',
    mayWithdraw: state !== 'used' && state !== 'withdrawn' && can('withdraw', 'Disclosure', proposal),
  };
}
