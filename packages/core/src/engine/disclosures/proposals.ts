import { canonical } from '../../kernel/evidence/canonical.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { event, fresh, update } from '../aggregate.ts';
import { demandPage } from '../demandPage.ts';
import { demandText } from '../demandText.ts';
import type { DisclosureProposals } from '../keptDisclosures.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { demandPermitted } from './demandPermitted.ts';
import { type DisclosureProposal, type DisclosureScope, proposalState } from './disclosureProposal.ts';

/** An order is carried out within days, and what is known of the person may change: after a week two people look again. */
const STANDS_MS = 7 * 86_400_000;
const MOST_CATEGORIES = 50;
const MOST_SHOWN = 200;

/** Disclosures under a legal reference, each signed for by two people. */
export function proposals(world: World): DisclosureProposals {
  const records = world.records.collection<DisclosureProposal>('disclosureProposals');

  return {
    async propose({ by, reason, ...input }) {
      const now = world.clock.now();
      const scope = scopeOf(input);
      const why = demandText(reason, 'reason', 1000);
      await demandOffice(world, by, 'disclosure');
      demandReferenced(world, scope.recipient);
      await demandPermitted(world, scope, now);
      await demandKnown(world, scope.subject);

      const id = `disclosure-proposal-${world.crypto.newId()}`;
      const hash = hashOf(world, scope);
      const proposal: DisclosureProposal = {
        ...fresh(world, id, [event(world, 'DisclosureProposed', now, { ...scope, reason: why, hash, by })]),
        ...scope,
        reason: why,
        hash,
        by,
        at: now,
      };
      await records.insert(proposal);
      return proposal;
    },

    async approve(id, by) {
      const now = world.clock.now();
      const proposal = await find(world, id);
      // What nobody could approve is said first, whoever asks.
      demandApprovable(proposal, by, now);
      await demandOffice(world, by, `disclosure proposal ${id}`, 'lead');
      await demandPermitted(world, proposal, now);
      const approved = { by, at: now, until: new Date(now.getTime() + STANDS_MS) };
      return update<DisclosureProposal>(world, 'disclosureProposals', id, (each) => {
        demandApprovable(each, by, now);
        const { hash } = each;
        const details = { by, hash, until: approved.until.toISOString() };
        return { document: { ...each, approved }, events: [event(world, 'DisclosureApproved', now, details)] };
      });
    },

    async withdraw(id, by) {
      const now = world.clock.now();
      await find(world, id);
      await demandOffice(world, by, `disclosure proposal ${id}`);
      return update<DisclosureProposal>(world, 'disclosureProposals', id, (each) => {
        if (each.withdrawn) return undefined;
        if (each.used)
          throw conflict(id, 'It was made already', 'What has left cannot be called back: tell the recipient.');
        return {
          document: { ...each, withdrawn: { by, at: now }, closedAt: now },
          events: [event(world, 'DisclosureProposalWithdrawn', now, { by, hash: each.hash })],
        };
      });
    },

    async proposals({ status, skip = 0, limit = 50 } = {}) {
      demandPage({ skip, limit });
      const where = { service: world.service, ...(status && { closedAt: { exists: status === 'closed' } }) };
      const [items, total] = await Promise.all([
        records.find(where, { sort: { at: -1, _id: 1 }, skip, limit: Math.min(limit, MOST_SHOWN) }),
        records.count(where),
      ]);
      return { items, total };
    },
  };
}

/** The scope as it is compared: the same categories in another order are the same disclosure. Throws INPUT_INVALID, SUBJECT_INVALID. */
export function scopeOf(input: DisclosureScope): DisclosureScope {
  const { categories, subject } = input;
  demandSubject(subject);
  if (!Array.isArray(categories) || categories.length === 0 || categories.length > MOST_CATEGORIES) {
    throw new KeptError('INPUT_INVALID', 'There are no usable categories', {
      place: 'categories',
      remedy: `Give a list of 1 to ${MOST_CATEGORIES} words of the vocabulary.`,
    });
  }
  return {
    recipient: demandText(input.recipient, 'recipient', 100),
    subject,
    categories: [...new Set(categories.map((each) => demandText(each, 'category', 100)))].sort(),
    purpose: demandText(input.purpose, 'purpose', 100),
    reference: demandText(input.reference, 'reference', 200),
  };
}

export function hashOf(world: World, { recipient, subject, categories, purpose, reference }: DisclosureScope): string {
  return world.crypto.sha256(canonical({ recipient, subject, categories, purpose, reference }));
}

/** Throws PROPOSAL_NOT_FOUND. */
async function find(world: World, id: unknown): Promise<DisclosureProposal> {
  const proposal =
    typeof id === 'string'
      ? await world.records.collection<DisclosureProposal>('disclosureProposals').get(id)
      : undefined;
  if (proposal?.service === world.service) return proposal;
  throw new KeptError('PROPOSAL_NOT_FOUND', 'There is no such proposal of a disclosure', {
    place: 'disclosure proposal',
    remedy: 'Check the id, and that it belongs to this service.',
  });
}

function demandApprovable(proposal: DisclosureProposal, by: string, now: Date): void {
  const { _id } = proposal;
  const state = proposalState(proposal, now);
  if (state === 'lapsed') throw conflict(_id, 'Its approval was not used in time', 'Propose the disclosure again.');
  if (state !== 'proposed') throw conflict(_id, `It is ${state} already`, 'Look at the proposal again.');
  if (proposal.by === by)
    throw conflict(_id, 'The person who proposed cannot approve', 'A second staff member must approve.');
}

/** A recipient without such a need is asked through its gate, and no signature would add to that. */
function demandReferenced(world: World, name: string): void {
  const recipient = world.policy.recipients.find((each) => each.name === name);
  if (recipient === undefined || recipient.needs.includes('legal-reference')) return;
  throw new KeptError('DISCLOSURE_INVALID', `${recipient.label} needs no legal reference`, {
    place: `recipients.${name}`,
    remedy: 'Hand data to it through its gate, for its purposes.',
  });
}

async function demandKnown(world: World, subject: string): Promise<void> {
  if (await world.data.exists(subject)) return;
  throw new KeptError('DISCLOSURE_INVALID', 'There is no account under this key', {
    place: 'subject',
    remedy: 'Give the key of the account as the host keeps it.',
  });
}

function conflict(id: string, message: string, remedy: string): KeptError {
  return new KeptError('PROPOSAL_CONFLICT', message, { place: `disclosure proposal ${id}`, remedy });
}
