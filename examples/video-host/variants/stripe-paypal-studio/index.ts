import { shutOut } from '../../src/account/shutOut.ts';
import type { Variant } from '../../src/variant.ts';
import { sessions } from '../../src/web/sessions.ts';
import { createStudio, title } from './app.ts';
import { modelsOn } from './models.ts';
import { storage } from './preferences.ts';
import { seed } from './seed.ts';
import { supportAddress } from './studio.ts';

/** The studio: a private gallery, two plans, payments by Stripe and PayPal. */
export const variant: Variant = {
  pack: 'stripe-paypal-studio',
  title,
  supportAddress,
  derived: ['thumbnail'],
  storage,
  async prepare(connection) {
    await Promise.all(Object.values(modelsOn(connection)).map((model) => model.init()));
  },
  visitor: ({ connection, now }) => sessions({ models: modelsOn(connection), now }),
  app: createStudio,
  revoke: ({ connection }, subject) => shutOut(modelsOn(connection), subject),
  seed,
};
