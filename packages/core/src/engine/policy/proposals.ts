import { brokenPromises } from '../../kernel/change/brokenPromises.ts';
import { diffPolicies } from '../../kernel/change/diffPolicies.ts';
import { KeptError } from '../../kernel/keptError.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { event, fresh, update } from '../aggregate.ts';
import { resolveFinding } from '../findings/findings.ts';
import type { PolicyProposal } from '../keptPolicies.ts';
import { staffInOffice } from '../staff/staffInOffice.ts';
import type { StaffMember } from '../stored.ts';
import type { World } from '../world.ts';
import { compiledText, countsOf, type PolicyVersion, type Proposal, told, versionId } from './policyRecords.ts';
import { versionOf } from './worldInForce.ts';

/** Puts a version to staff, compared with the one that is active. */
export async function propose(world: World, policy: Policy, by: string, reason: string): Promise<PolicyProposal> {
  const now = world.clock.now();
  await demandStaff(world, by);
  demandReason(reason);
  const active = await versionOf(world, world.policy.hash);
  demandSuccessor(world, active, policy);

  const changes = diffPolicies(active, policy);
  const proposal: Proposal = { by, at: now, reason: reason.trim(), against: active.hash, signatures: [] };
  const { hash, version } = policy;
  const proposed = event(world, 'PolicyProposed', now, {
    hash,
    version,
    by,
    reason: proposal.reason,
    ...countsOf(changes),
  });
  const written = { hash, policyVersion: version, compiled: compiledText(policy), changes: told(changes), proposal };
  const first: PolicyVersion = { ...fresh(world, versionId(world, hash), [proposed]), ...written };
  if (await world.records.collection<PolicyVersion>('policies').insert(first)) return presented(world, first);
  await resolveFinding(world, 'PROPOSAL_STALE', hash, now);
  const again = await update<PolicyVersion>(world, 'policies', first._id, (stored) => {
    if (isOpen(stored.proposal, active.hash)) throw conflict(hash, 'It is proposed already', 'Approve or withdraw it.');
    return { document: { ...stored, ...written }, events: [proposed] };
  });
  return presented(world, again);
}

/** Takes a proposal back; only what is not active can be. */
export async function withdraw(world: World, hash: string, by: string, reason: string): Promise<PolicyProposal> {
  const now = world.clock.now();
  await demandStaff(world, by);
  demandReason(reason);
  const version = await proposedVersion(world, hash);
  const isOver = (): KeptError => conflict(hash, 'It is active already', 'Propose the version that is to follow it.');
  if (hash === world.policy.hash) throw isOver();
  const withdrawn = { by, at: now, reason: reason.trim() };
  const after = await update<PolicyVersion>(world, 'policies', version._id, (stored) => {
    if (!stored.proposal || stored.proposal.withdrawn) return undefined;
    if (stored.proposal.activating) throw isOver();
    const { dueAt: _, ...proposal } = stored.proposal;
    const details = { hash, version: stored.policyVersion, by, reason: withdrawn.reason, ...countsOf(stored.changes) };
    return {
      document: { ...stored, proposal: { ...proposal, withdrawn } },
      events: [event(world, 'PolicyWithdrawn', now, details)],
    };
  });
  return presented(world, after);
}

export async function proposals(world: World): Promise<PolicyProposal[]> {
  return (await openVersions(world)).map((version) => presented(world, version));
}

/** Proposals against the active version, oldest first. */
export async function openVersions(world: World): Promise<(PolicyVersion & { readonly proposal: Proposal })[]> {
  const all = await world.records
    .collection<PolicyVersion>('policies')
    .find({ service: world.service, 'proposal.against': world.policy.hash }, { sort: { 'proposal.at': 1, _id: 1 } });
  return all.flatMap((each) =>
    each.proposal && isOpen(each.proposal, world.policy.hash) ? [{ ...each, proposal: each.proposal }] : [],
  );
}

/** Throws PROPOSAL_NOT_FOUND. */
export async function proposedVersion(
  world: World,
  hash: string,
): Promise<PolicyVersion & { readonly proposal: Proposal }> {
  const version = await world.records.collection<PolicyVersion>('policies').get(versionId(world, hash));
  if (version?.proposal) return { ...version, proposal: version.proposal };
  throw new KeptError('PROPOSAL_NOT_FOUND', `No policy ${hash.slice(0, 12)} is proposed`, {
    place: `policy ${world.service}`,
    remedy: 'See kept policy list, or propose it first.',
  });
}

/** In office now. Throws APPROVAL_REFUSED. */
export async function demandStaff(world: World, by: string): Promise<StaffMember> {
  const member = (await staffInOffice(world, false)).find((each) => each._id === by);
  if (member) return member;
  throw new KeptError('APPROVAL_REFUSED', 'Only staff in office may change the policy', {
    place: `policy ${world.service}`,
    remedy: 'Name a staff member of this service.',
  });
}

export function presented(world: World, { hash, policyVersion, changes, proposal }: PolicyVersion): PolicyProposal {
  if (!proposal) throw new RangeError('A version that nobody proposed is no proposal');
  const { by, at, reason, signatures, dueAt, withdrawn } = proposal;
  const counts = countsOf(changes);
  const state = withdrawn ? 'withdrawn' : hash === world.policy.hash ? 'active' : dueAt ? 'waiting' : 'open';
  return {
    ...{
      hash,
      version: policyVersion,
      state,
      by,
      at,
      reason,
      loosens: counts.loosening > 0,
      counts,
      changes,
      signatures,
    },
    ...(dueAt && { dueAt }),
    ...(withdrawn && { withdrawn }),
  };
}

export function conflict(hash: string, message: string, remedy: string): KeptError {
  return new KeptError('POLICY_CONFLICT', message, { place: `policy ${hash.slice(0, 12)}`, remedy });
}

function isOpen(proposal: Proposal | undefined, active: string): boolean {
  return proposal !== undefined && !proposal.withdrawn && proposal.against === active;
}

function demandReason(reason: string): void {
  if (reason.trim()) return;
  const remedy = 'Say why: others read it later.';
  throw new KeptError('REASON_INVALID', 'A change of policy names its reason', { place: 'reason', remedy });
}

function demandSuccessor(world: World, active: Policy, policy: Policy): void {
  const place = `${policy.pack}/policy.yaml`;
  const refuse = (message: string, remedy: string): never => {
    throw new KeptError('POLICY_INVALID', message, { place, remedy });
  };
  if (policy.pack !== active.pack) {
    refuse(
      `It is the policy of ${policy.pack}, and this service is ${active.pack}`,
      `Propose a version of ${active.pack}.`,
    );
  }
  if (policy.hash === active.hash) throw conflict(policy.hash, 'It is active already', 'Change the files first.');
  if (policy.version <= active.version) {
    const message = `It is version ${policy.version}, and version ${active.version} is active`;
    throw conflict(policy.hash, message, `Write version: ${active.version + 1} into policy.yaml.`);
  }
  const broken = brokenPromises(world.policy, policy).map(({ id }) => `retention.${id}`);
  if (broken.length > 0) {
    const message = `What ${broken.join(', ')} ends would stay longer than was promised, and nothing could still keep that promise`;
    refuse(
      message,
      'Keep the id of the rule, its unless, its grace, its onErasure and the trait of its tiers, and in the inventory the date that it counted from and what it ended; change the period: what was collected before keeps the shorter one.',
    );
  }
  const missing = policy.inventory.files.map(({ name }) => name).filter((name) => !world.files[name]);
  if (missing.length > 0) {
    const message = `It names file stores that this program was not given: ${missing.join(', ')}`;
    refuse(message, `Start the workers with files: { ${missing[0]}: … } first.`);
  }
}
