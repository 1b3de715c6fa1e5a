import type { Retention } from '../keptRetention.ts';
import { staffInOffice } from '../staff/staffInOffice.ts';
import type { Run } from '../stored.ts';
import type { World } from '../world.ts';
import { allowSweep, standing } from './allowSweep.ts';
import type { StoppedSweep } from './stoppedSweep.ts';
import { sweep } from './sweep.ts';

export function retention(world: World): Retention {
  return {
    sweep: (options) => sweep(world, options),
    async runs({ rule, notable, skip = 0, limit = 50 } = {}) {
      const where = {
        service: world.service,
        kind: 'sweep',
        ...(rule !== undefined && { rule }),
        ...(notable !== undefined && { notable }),
      };
      return world.records.collection<Run>('runs').find(where, { sort: { startedAt: -1, _id: -1 }, skip, limit });
    },
    allow: (rule, by, reason, seen) => allowSweep(world, rule, by, reason, seen),
    async stops() {
      const now = world.clock.now();
      const where = { service: world.service, stop: { exists: true } } as const;
      const all = await world.records.collection<StoppedSweep>('approvals').find(where, { sort: { rule: 1 } });
      const inOffice = new Set((await staffInOffice(world, false)).map(({ _id }) => _id));
      return all.flatMap(({ stop, ...each }) => {
        if (!stop) return [];
        return [{ ...each, stop, signatures: standing(each, stop, now).filter(({ by }) => inOffice.has(by)) }];
      });
    },
    modeOf: (rule) => world.modeOf(rule),
  };
}
