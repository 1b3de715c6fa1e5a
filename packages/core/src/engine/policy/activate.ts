import { diffPolicies } from '../../kernel/change/diffPolicies.ts';
import { earlierPromises, withEarlier } from '../../kernel/change/earlierPromises.ts';
import type { PolicyChange } from '../../kernel/change/policyChange.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { event, update } from '../aggregate.ts';
import { resolveFinding } from '../findings/findings.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import type { World } from '../world.ts';
import { type Activation, countsOf, inForceId, type PolicyInForce, type StandingVersion } from './policyRecords.ts';
import { versionOf } from './worldInForce.ts';

/**
 * Makes a stored version the one that is worked by, in one write of one document; answers whether it did. Nothing happens
 * where another version than `from` is active by then.
 */
export async function activate(
  world: World,
  from: Policy,
  policy: Policy,
  now: Date,
  by?: Activation['by'],
): Promise<boolean> {
  const changes = diffPolicies(from, policy);
  const pointer = await world.records.collection<PolicyInForce>('policies').get(inForceId(world));
  if (pointer?.hash !== from.hash) return false;
  const promised = await stillPromised(world, pointer, from, policy, changes, now);
  const { pack, version, hash } = policy;
  const counts = countsOf(changes);
  // Who was promised a letter gets the one that says that there will be none any more.
  const tells = counts.material > 0 && [from, policy].some(({ notice }) => notice.tells === 'each-person');
  const activation: Activation = { hash, version, since: now, ...(by && { by }), counts, tells };

  let done = false;
  await update<PolicyInForce>(world, 'policies', inForceId(world), (active) => {
    done = active.hash === from.hash;
    if (!done) return undefined;
    const { lastUpdated: _, ...rest } = active;
    const lastUpdated = dateOf(world, active, from, policy, counts.material > 0, now);
    return {
      document: {
        ...rest,
        pack,
        policyVersion: version,
        hash,
        since: now,
        history: [...active.history, activation],
        earlier: earlierPromises(withEarlier(from, active.earlier), policy, now),
        promised,
        ...(lastUpdated !== undefined && { lastUpdated }),
      },
      events: [event(world, 'PolicyActivated', now, { pack, version, hash, ...counts, ...by })],
    };
  });
  if (done) await resolveFinding(world, 'POLICY_WAITING', hash, now);
  return done;
}

/** Versions whose promises the new one does not keep for everybody: the one before, and earlier ones as far as they are still stricter. */
async function stillPromised(
  world: World,
  { promised }: PolicyInForce,
  from: Policy,
  policy: Policy,
  changes: readonly PolicyChange[],
  now: Date,
): Promise<StandingVersion[]> {
  const standing: StandingVersion[] = [];
  for (const each of promised) {
    if (loosens(diffPolicies(await versionOf(world, each.hash), policy))) standing.push(each);
  }
  return loosens(changes) ? [...standing, { hash: from.hash, version: from.version, until: now }] : standing;
}

function loosens(changes: readonly PolicyChange[]): boolean {
  return changes.some(({ direction }) => direction === 'loosens');
}

/** The date of the notice moves with every change that people are told of; a date in the file that moved goes before it. */
function dateOf(
  world: World,
  active: PolicyInForce,
  from: Policy,
  policy: Policy,
  material: boolean,
  now: Date,
): string | undefined {
  const given = policy.notice.lastUpdated;
  if (given !== undefined && given !== from.notice.lastUpdated) return given;
  return material ? dayOf(world, now) : (active.lastUpdated ?? given);
}
