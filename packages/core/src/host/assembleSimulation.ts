import { databaseOf } from '../adapters/data/databaseOf.ts';
import { mongoData } from '../adapters/data/mongoData.ts';
import { mongoRecords } from '../adapters/records/mongoRecords.ts';
import { inForceId, type PolicyInForce } from '../engine/policy/policyRecords.ts';
import { type Readers, simulate } from '../engine/policy/simulate.ts';
import type { Simulation } from '../engine/policy/simulation.ts';
import { earlierPromises, withEarlier } from '../kernel/change/earlierPromises.ts';
import { KeptError } from '../kernel/keptError.ts';
import type { Policy } from '../kernel/policy/policy.ts';
import type { SimulateOptions } from './simulateChange.ts';

/** What `simulateChange` does, with all that it takes loaded. */
export async function assembleSimulation(options: SimulateOptions): Promise<Simulation> {
  const { before, after, data, control = data, now, limit, samples, files = {} } = options;
  if (before.pack !== after.pack) {
    throw new KeptError('POLICY_INVALID', `They are policies of ${before.pack} and ${after.pack}`, {
      place: 'policy.yaml',
      remedy: 'Compare two versions of one pack.',
    });
  }
  const records = mongoRecords(() => databaseOf(control, 'simulateChange'));
  const under = (policy: Policy): Readers['before'] => ({
    service: policy.pack,
    policy,
    records,
    data: mongoData(
      () => databaseOf(data, 'simulateChange'),
      () => policy,
    ),
  });
  const pointer = await records.collection<PolicyInForce>('policies').get(inForceId({ service: before.pack }));
  const standing = pointer?.hash === before.hash ? withEarlier(before, pointer.earlier) : before;
  const promised = withEarlier(after, earlierPromises(standing, after, now));
  return simulate({ before: under(standing), after: under(promised) }, { now, limit, samples, files });
}
