import type { Figures } from '../keptFigures.ts';
import type { World } from '../world.ts';
import { countFigures } from './countFigures.ts';

export function figures(world: World): Figures {
  return { count: (question) => countFigures(world, question) };
}
