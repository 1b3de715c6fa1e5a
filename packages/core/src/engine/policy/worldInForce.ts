import { type Promised, promiseOf } from '../../kernel/change/decideAsPromised.ts';
import { withEarlier } from '../../kernel/change/earlierPromises.ts';
import { KeptError } from '../../kernel/keptError.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import type { World } from '../world.ts';
import { compiledPolicy, inForceId, type PolicyInForce, type PolicyVersion, versionId } from './policyRecords.ts';

/** What of a world depends on the version of the policy. */
export type UnderPolicy = Pick<World, 'policy' | 'data' | 'mailFrom'>;
export type Ground = Omit<World, keyof UnderPolicy | 'promised' | 'inForce'>;

/** A whole version that still binds, with the instant until which data was collected under it. */
export interface StandingPromise extends Promised {
  readonly until: Date;
}

/**
 * A world under the policy of the files. Its `inForce` reads the pointer and answers the world under the version that it
 * names, the same object until another one is active: whoever holds a world works by one version to the end.
 */
export async function worldInForce(
  ground: Ground,
  file: Policy,
  under: (policy: Policy) => Promise<UnderPolicy>,
): Promise<World> {
  let known: { readonly key: string; readonly world: Promise<World> } | undefined;
  const inForce = async (): Promise<World> => {
    const pointer = await ground.records.collection<PolicyInForce>('policies').get(inForceId(ground));
    if (!pointer) return first;
    const key = `${pointer.hash} ${pointer.since.toISOString()}`;
    if (known?.key === key) return known.world;

    const world = worldUnder(pointer);
    known = { key, world };
    // What could not be read is asked for again.
    world.catch(() => {
      if (known?.world === world) known = undefined;
    });
    return world;
  };
  const worldUnder = async (pointer: PolicyInForce): Promise<World> => {
    const written = pointer.hash === file.hash ? file : await versionOf(ground, pointer.hash);
    const policy = dated(withEarlier(written, pointer.earlier ?? {}), pointer);
    const promised: StandingPromise[] = [];
    for (const { hash, version, until } of pointer.promised ?? []) {
      promised.push({ version, until, policy: promiseOf(await versionOf(ground, hash), policy) });
    }
    return { ...ground, ...(await under(policy)), promised, inForce };
  };
  const first: World = { ...ground, ...(await under(file)), promised: [], inForce };
  return first;
}

/** A version as it was stored. Throws POLICY_BROKEN where it is not there. */
export async function versionOf(ground: Pick<World, 'records' | 'service'>, hash: string): Promise<Policy> {
  const version = await ground.records.collection<PolicyVersion>('policies').get(versionId(ground, hash));
  if (version) return compiledPolicy(version);
  throw new KeptError('POLICY_BROKEN', `Version ${hash.slice(0, 12)} of the policy is not in the database`, {
    place: 'kept_policies',
    remedy: 'Restore the collection, or start once with the files of that version.',
  });
}

function dated(policy: Policy, { lastUpdated }: PolicyInForce): Policy {
  if (lastUpdated === undefined || policy.notice.lastUpdated === lastUpdated) return policy;
  return { ...policy, notice: { ...policy.notice, lastUpdated } };
}
