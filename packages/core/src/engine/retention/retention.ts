import type { Retention } from '../kept.ts';
import type { Run } from '../stored.ts';
import type { World } from '../world.ts';
import { sweep } from './sweep.ts';

export function retention(world: World): Retention {
  return {
    sweep: (options) => sweep(world, options),
    async runs(limit = 50) {
      return world.records
        .collection<Run>('runs')
        .find({ service: world.service, kind: 'sweep' }, { sort: { startedAt: -1 }, limit });
    },
  };
}
