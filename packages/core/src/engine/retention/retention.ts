import type { Retention } from '../kept.ts';
import type { Run } from '../stored.ts';
import type { World } from '../world.ts';
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
    modeOf: (rule) => world.modeOf(rule),
  };
}
