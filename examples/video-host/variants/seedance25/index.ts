import { shutOut } from '../../src/account/shutOut.ts';
import type { Variant } from '../../src/variant.ts';
import { sessions } from '../../src/web/sessions.ts';
import { createSite } from './app.ts';
import { modelsOn } from './models.ts';
import { seed } from './seed.ts';
import { countryOf, supportAddress, title } from './site.ts';

/** A website with accounts: Seedance 2.5. */
export const variant: Variant = {
  pack: 'seedance25',
  title,
  supportAddress,
  derived: ['thumbnail'],
  async prepare(connection) {
    await Promise.all(Object.values(modelsOn(connection)).map((model) => model.init()));
  },
  visitor: ({ connection, now }) => sessions({ models: modelsOn(connection), now }),
  countryOf,
  app: createSite,
  revoke: ({ connection }, subject) => shutOut(modelsOn(connection), subject),
  seed,
};
