import { sdanceAi } from '../sdanceAi.ts';
import { seedStory } from '../seed.ts';
import { copyFirst } from './copyFirst.ts';
import { everythingGoes } from './everythingGoes.ts';
import { maraWrites } from './maraWrites.ts';
import { openHouse, type StoryOptions, type StoryTold } from './openHouse.ts';
import { provedOffline } from './provedOffline.ts';
import { sheConfirms } from './sheConfirms.ts';
import { takenAlong } from './takenAlong.ts';
import { thirtyDays } from './thirtyDays.ts';
import { twoApprove } from './twoApprove.ts';

/** Tells one person's mail from arrival to receipt. Whatever the story says, it has checked. */
export function tellStory(options: StoryOptions): Promise<StoryTold> {
  return openHouse(
    {
      variant: sdanceAi,
      seed: async (scene) => ({ ...(await seedStory(scene)), protagonist: 'mara' }),
      async tell(stage) {
        const asked = await maraWrites(stage);
        await sheConfirms(stage, asked.erasure);
        await twoApprove(stage, asked.erasure);
        await copyFirst(stage, asked, 'mara@example.org');
        const receipt = await everythingGoes(stage, asked.erasure);
        await provedOffline(stage, receipt);
        await takenAlong(stage, 'jonas');
        await thirtyDays(stage);
      },
    },
    options,
  );
}
