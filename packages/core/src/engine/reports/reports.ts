import type { Reports } from '../keptReports.ts';
import type { World } from '../world.ts';
import { demandContent } from './demandContent.ts';
import { reportPictured } from './reportPictured.ts';
import { shows } from './shows.ts';
import { isWithheld } from './withheld.ts';

/** What people report of what others made. */
export function reports(world: World): Reports {
  return {
    pictured: (report) => reportPictured(world, report),
    shows: (id, by, content) => shows(world, id, by, content),
    mayBeShown: async (content) => !(await isWithheld(world, demandContent(content))),
  };
}
