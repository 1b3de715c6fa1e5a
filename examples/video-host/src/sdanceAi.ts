import { shutOut } from './account/shutOut.ts';
import { createVideoHost, supportAddress, title } from './app.ts';
import { modelsOn } from './models/models.ts';
import { seedStory } from './seed.ts';
import type { Variant } from './variant.ts';
import { sessions } from './web/sessions.ts';

/** The app that the story is told with: a site and an API over other people's models. */
export const sdanceAi: Variant = {
  pack: 'sdance-ai',
  title,
  supportAddress,
  derived: ['thumbnail'],
  async prepare(connection) {
    await Promise.all(Object.values(modelsOn(connection)).map((model) => model.init()));
  },
  visitor: ({ connection, now }) => sessions({ models: modelsOn(connection), now }),
  app: createVideoHost,
  revoke: ({ connection }, subject) => shutOut(modelsOn(connection), subject),
  seed: async (stage) => ({ ...(await seedStory(stage)), protagonist: 'mara' }),
};
