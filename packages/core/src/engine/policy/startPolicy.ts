import { diffPolicies } from '../../kernel/change/diffPolicies.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { event, fresh, update } from '../aggregate.ts';
import { raiseFinding, resolveFindings } from '../findings/findings.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import type { World } from '../world.ts';
import { activate } from './activate.ts';
import {
  compiledPolicy,
  compiledText,
  inForceId,
  type PolicyInForce,
  type PolicyVersion,
  versionId,
} from './policyRecords.ts';

/**
 * What a start makes of the policy in the files. The first one is active at once, and so is one that neither loosens nor
 * changes what people decide by; any other waits until people in office propose and approve it.
 */
export async function startPolicy(world: World): Promise<void> {
  const { policy } = world;
  const now = world.clock.now();
  const pointer = await firstStart(world, policy, now);
  if (!pointer) return;
  if (pointer.hash === policy.hash) {
    await keepVersion(world, policy);
    // Whatever other files waited: those of this start are the ones that are worked by.
    await resolveFindings(world, 'POLICY_WAITING', now);
    return;
  }

  // A worker that was not updated yet starts with older files: it works by the newer version like the others.
  if (pointer.history.some(({ hash }) => hash === policy.hash)) return;

  const stored = await world.records.collection<PolicyVersion>('policies').get(versionId(world, pointer.hash));
  const active = stored && compiledPolicy(stored);
  const changes = active ? diffPolicies(active, policy) : [];
  const isOlder = policy.version < pointer.policyVersion;
  if (active && !isOlder && changes.every(({ direction, material }) => direction !== 'loosens' && !material)) {
    await keepVersion(world, policy);
    await activate(world, active, policy, now);
    return;
  }
  world.log({
    level: 'warn',
    event: 'policy.waiting',
    active: pointer.policyVersion,
    remedy: remedyFor(policy, pointer),
  });
  await raiseFinding(
    world,
    {
      code: 'POLICY_WAITING',
      about: policy.hash,
      severity: 'warning',
      text: `The files hold a policy that is not active: version ${pointer.policyVersion} is. ${remedyFor(policy, pointer)}`,
      place: `${policy.pack}/policy.yaml`,
    },
    now,
  );
}

function remedyFor({ version }: Policy, { policyVersion }: PolicyInForce): string {
  const raise = version > policyVersion ? '' : `raise its version above ${policyVersion}, and `;
  return `To make it active, ${raise}use kept policy propose.`;
}

/** Answers the pointer, or nothing where this start was the first and has written it. */
async function firstStart(world: World, policy: Policy, now: Date): Promise<PolicyInForce | undefined> {
  const policies = world.records.collection<PolicyInForce>('policies');
  const id = inForceId(world);
  const pointer = await policies.get(id);
  if (pointer?.history) return pointer;

  const { pack, version, hash, notice } = policy;
  await keepVersion(world, policy);
  const counts = { changes: 0, loosening: 0, tightening: 0, material: 0 };
  const first: PolicyInForce = {
    ...fresh(world, id, [event(world, 'PolicyActivated', now, { pack, version, hash })]),
    pack,
    policyVersion: version,
    hash,
    since: now,
    history: [{ hash, version, since: now, counts, tells: false }],
    earlier: {},
    promised: [],
    lastUpdated: notice.lastUpdated ?? dayOf(world, now),
  };
  if (await policies.insert(first)) return undefined;
  // What the version of an older program said was not stored: nothing can be compared with it, and the files take its place.
  return update<PolicyInForce>(world, 'policies', id, (stored) =>
    stored.history ? undefined : { document: { ...first, ...stored, pack, policyVersion: version, hash, since: now } },
  );
}

/** Stores the compiled form; a newer program may compile the same files to another one. */
async function keepVersion(
  world: World,
  policy: Policy,
  more: Pick<PolicyVersion, 'changes'> = { changes: [] },
): Promise<void> {
  const id = versionId(world, policy.hash);
  const compiled = compiledText(policy);
  const { hash, version: policyVersion } = policy;
  const version: PolicyVersion = { ...fresh(world, id), hash, policyVersion, compiled, ...more };
  if (await world.records.collection<PolicyVersion>('policies').insert(version)) return;
  await update<PolicyVersion>(world, 'policies', id, (stored) =>
    stored.compiled === compiled ? undefined : { document: { ...stored, compiled } },
  );
}
