import { notFound } from '../aggregate.ts';
import type { Mandates } from '../keptMandates.ts';
import type { World } from '../world.ts';
import { concerns } from './concerns.ts';
import { mandateSeen } from './mandateSeen.ts';

/** Requests of people who act for others, or whose data nobody found at first. */
export function mandates(world: World): Mandates {
  return {
    async mandateSeen(id, by, mandate) {
      if (typeof id !== 'string') throw notFound('requests', 'no text');
      return mandateSeen(world, id, by, mandate);
    },
    concerns: (id, by, subject) => concerns(world, id, by, subject),
  };
}
