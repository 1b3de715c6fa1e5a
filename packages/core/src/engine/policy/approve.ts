import { KeptError } from '../../kernel/keptError.ts';
import { event, update } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { PolicyProposal } from '../keptPolicies.ts';
import { staffInOffice } from '../staff/staffInOffice.ts';
import type { StaffMember } from '../stored.ts';
import type { World } from '../world.ts';
import { history } from './accept.ts';
import { activate } from './activate.ts';
import { compiledPolicy, countsOf, type PolicyVersion, type Proposal } from './policyRecords.ts';
import { conflict, demandStaff, openVersions, presented, proposedVersion } from './proposals.ts';
import { versionOf } from './worldInForce.ts';

/** Time in which a loosening that has its signatures can still be stopped. */
const STANDS_BACK_MS = 24 * 3_600_000;

/** Signs for a proposal, and makes it active where nothing in it loosens. */
export async function approve(world: World, hash: string, by: string): Promise<PolicyProposal> {
  const now = world.clock.now();
  const member = await demandStaff(world, by);
  const staff = await staffInOffice(world, false);
  const version = await proposedVersion(world, hash);
  if (hash === world.policy.hash) throw conflict(hash, 'It is active already', 'Nothing is left to approve.');
  const loosens = countsOf(version.changes).loosening > 0;
  if (!loosens && member.role !== 'lead') throw leadNeeded(hash);

  const signed = await update<PolicyVersion>(world, 'policies', version._id, (stored) => {
    const { proposal } = stored;
    if (!proposal || proposal.withdrawn) throw conflict(hash, 'It was withdrawn', 'Propose it again.');
    if (proposal.against !== world.policy.hash)
      throw conflict(
        hash,
        'Another version became active since it was proposed',
        'Propose it again, and look at what it changes now.',
      );
    if (loosens && proposal.dueAt)
      throw conflict(hash, 'It has its signatures already', 'It becomes active by itself.');
    const standing = proposal.signatures.filter((each) => staff.some(({ _id }) => _id === each.by));
    if (standing.some((each) => each.by === by)) {
      // A worker that stopped between the signature and the activation is finished by signing again.
      if (!loosens) return undefined;
      throw conflict(hash, 'You have signed for this already', 'A second person must sign.');
    }
    const signatures = [...standing, { by, at: now }];
    const enough = !loosens || suffices(signatures, staff);
    if (signatures.length > 1 && !enough) throw leadNeeded(hash);
    const dueAt = new Date(now.getTime() + (loosens ? STANDS_BACK_MS : 0));
    const details = { hash, version: stored.policyVersion, by, ...countsOf(stored.changes) };
    return {
      document: { ...stored, proposal: { ...proposal, signatures, ...(enough && { dueAt }) } },
      events: [event(world, 'PolicyApproved', now, { ...details, activeFrom: enough ? dueAt.toISOString() : null })],
    };
  });
  if (!loosens) await activateProposal(world, signed, now);
  return presented(await world.inForce(), signed);
}

/** Closes proposals that were compared with a version which is over: what they change now is something else. */
export async function closeStale(world: World): Promise<void> {
  const now = world.clock.now();
  const { hash: active } = world.policy;
  const past = new Set((await history(world)).map(({ hash }) => hash));
  const others = await world.records
    .collection<PolicyVersion>('policies')
    .find({ service: world.service, 'proposal.against': { not: active }, 'proposal.withdrawn': { exists: false } });
  for (const { _id, hash, proposal } of others) {
    if (!proposal || past.has(hash)) continue;
    const text = `The proposal of version ${hash.slice(0, 12)} was compared with a policy that is no longer active. Propose it again.`;
    const place = `policy ${hash.slice(0, 12)}`;
    await raiseFinding(world, { code: 'PROPOSAL_STALE', about: hash, severity: 'warning', text, place }, now);
    await update<PolicyVersion>(world, 'policies', _id, (stored) => {
      if (!stored.proposal || stored.proposal.withdrawn || stored.proposal.against === active) return undefined;
      const { dueAt: _, ...rest } = stored.proposal;
      const withdrawn = { by: 'kept', at: now, reason: 'another version became active' };
      const details = {
        hash,
        version: stored.policyVersion,
        ...withdrawn,
        at: now.toISOString(),
        ...countsOf(stored.changes),
      };
      return {
        document: { ...stored, proposal: { ...rest, withdrawn } },
        events: [event(world, 'PolicyWithdrawn', now, details)],
      };
    });
  }
}

/** Makes active what has waited long enough; its signatures are looked at anew. Answers how many became active. */
export async function activateDue(world: World): Promise<number> {
  const now = world.clock.now();
  const staff = await staffInOffice(world, false);
  for (const version of await openVersions(world)) {
    const { dueAt, signatures } = version.proposal;
    if (!dueAt || dueAt > now) continue;
    const standing = signatures.filter(({ by }) => staff.some(({ _id }) => _id === by));
    const loosens = countsOf(version.changes).loosening > 0;
    if (loosens ? suffices(standing, staff) : standing.length > 0) {
      // What else is proposed was compared with the version that is now over.
      if (await activateProposal(world, version, now)) return 1;
      continue;
    }
    await update<PolicyVersion>(world, 'policies', version._id, (stored) => {
      if (!stored.proposal?.dueAt) return undefined;
      const { dueAt: _, activating: __, ...proposal } = stored.proposal;
      const lapsed = event(world, 'PolicyApprovalLapsed', now, { hash: stored.hash, version: stored.policyVersion });
      return { document: { ...stored, proposal }, events: [lapsed] };
    });
  }
  return 0;
}

/** What was withdrawn by now stays so: whoever writes the proposal first, the one who withdraws it or this, decides. */
async function activateProposal(world: World, read: PolicyVersion, now: Date): Promise<boolean> {
  const version = await update<PolicyVersion>(world, 'policies', read._id, (stored) => {
    if (!stored.proposal || stored.proposal.withdrawn || stored.proposal.activating) return undefined;
    return { document: { ...stored, proposal: { ...stored.proposal, activating: true } } };
  });
  if (!version.proposal?.activating || version.proposal.withdrawn) return false;
  const { by = '', signatures = [] }: Partial<Proposal> = version.proposal ?? {};
  const active = await versionOf(world, world.policy.hash);
  const approved = signatures.map((each) => each.by);
  return activate(world, active, compiledPolicy(version), now, { proposed: by, approved });
}

/** Two people in office, a privacy lead among them. */
function suffices(signatures: Proposal['signatures'], staff: readonly StaffMember[]): boolean {
  const roles = signatures.map(({ by }) => staff.find(({ _id }) => _id === by)?.role);
  return new Set(signatures.map(({ by }) => by)).size > 1 && roles.includes('lead');
}

function leadNeeded(hash: string): KeptError {
  return new KeptError('APPROVAL_REFUSED', 'A privacy lead must be among those who approve it', {
    place: `policy ${hash.slice(0, 12)}`,
    remedy: 'Ask a privacy lead to sign.',
  });
}
