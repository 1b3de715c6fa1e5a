import type { Variant } from '../src/variant.ts';

/** Every app there is, by its pack; loaded when it is asked for. */
export const variants: Readonly<Record<string, () => Promise<Variant>>> = {
  'sdance-ai': async () => (await import('./sdance-ai/index.ts')).variant,
  seedance25: async () => (await import('./seedance25/index.ts')).variant,
  'seedance-api': async () => (await import('./seedance-api/index.ts')).variant,
  seedream4: async () => (await import('./seedream4/index.ts')).variant,
  'stripe-paypal-studio': async () => (await import('./stripe-paypal-studio/index.ts')).variant,
};
