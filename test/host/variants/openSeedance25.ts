import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import { variant } from '../../../examples/video-host/variants/seedance25/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/seedance25/models.ts';
import { type Browser, signedIn } from './browsing.ts';
import { type House, openHouse } from './openHouse.ts';

/** Seedance 2.5 as it is served. */
export interface Seedance25 extends House {
  readonly models: Models;
  /** Signs in by password, or through the provider that the person came by. */
  signedIn(person: SeededPerson): Promise<Browser>;
  may(person: SeededPerson, purpose: string, category: string): Promise<string>;
}

export async function openSeedance25(name: string): Promise<Seedance25> {
  const house = await openHouse(variant, name);
  const models = modelsOn(house.connection);
  return {
    ...house,
    models,
    async signedIn(person) {
      const user = await models.users.findById(person.id).lean();
      return signedIn(house, person, user?.identities[0]);
    },
    may: async ({ id }, purpose, category) => (await house.kept.decide({ subject: id, purpose, category })).outcome,
  };
}

/** Has something made, and answers the status. */
export async function makes(browser: Browser, prompt: string): Promise<number> {
  return (await browser.post('/creations', { prompt, kind: 'video' })).status;
}
