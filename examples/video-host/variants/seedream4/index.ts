import type { Variant } from '../../src/variant.ts';
import { createEditor } from './app.ts';
import { devices, shutOut } from './devices.ts';
import { supportAddress, title } from './editor.ts';
import { modelsOn } from './models.ts';
import { seed } from './seed.ts';
import { trainingRun } from './training.ts';

/** The image editor with optional accounts: own model, own terminal, nothing handed to anybody. */
export const variant: Variant = {
  pack: 'seedream4',
  title,
  supportAddress,
  derived: [],
  async prepare(connection) {
    await Promise.all(Object.values(modelsOn(connection)).map((model) => model.init()));
  },
  visitor: ({ connection, now }) => devices({ models: modelsOn(connection), now }),
  app: createEditor,
  revoke: ({ connection }, subject) => shutOut({ models: modelsOn(connection) }, subject),
  work: ({ connection, kept, now }) => [
    {
      name: 'training.run',
      every: '1 day',
      run: async () => {
        await trainingRun({ models: modelsOn(connection), kept }, now().toISOString().slice(0, 10));
      },
    },
  ],
  seed,
};
