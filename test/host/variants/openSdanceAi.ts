import type { Decision, SubjectQuestion } from '@kept/core';
import { newApiKey } from '../../../examples/video-host/src/account/apiKeys.ts';
import { type Models, modelsOn } from '../../../examples/video-host/src/models/models.ts';
import type { SeededPerson } from '../../../examples/video-host/src/variant.ts';
import { variant } from '../../../examples/video-host/variants/sdance-ai/index.ts';
import { type Browser, signedIn } from './browsing.ts';
import { type House, openHouse } from './openHouse.ts';

export type Use = Omit<SubjectQuestion, 'subject'>;

/** Sdance AI as it is served. */
export interface SdanceAi extends House {
  readonly models: Models;
  /** Signs in through the provider that the person came by. */
  signedIn(person: SeededPerson): Promise<Browser>;
  /** Makes a key to the API, and answers how to call with it, for the status. */
  calling(person: SeededPerson): Promise<() => Promise<number>>;
  decided(person: SeededPerson, use: Use): Promise<Decision>;
  may(person: SeededPerson, use: Use): Promise<Decision['outcome']>;
}

export async function openSdanceAi(): Promise<SdanceAi> {
  const house = await openHouse(variant, 'sdance_ai');
  const models = modelsOn(house.connection);
  const decided: SdanceAi['decided'] = ({ id }, use) => house.kept.decide({ subject: id, ...use });
  return {
    ...house,
    models,
    decided,
    may: async (person, use) => (await decided(person, use)).outcome,
    async signedIn(person) {
      const user = await models.users.findById(person.id).lean();
      return signedIn(house, person, user?.identities[0]);
    },
    async calling({ id }) {
      const person = await models.users.findById(id).orFail();
      const key = await newApiKey({ models, now: house.clock.now }, person, 'late script');
      const headers = { authorization: `Bearer ${key}` };
      return async () => (await fetch(`${house.urls.host}/api/v1/generations/none`, { headers })).status;
    },
  };
}

/** Has a video made, and answers the status. */
export async function makes(browser: Browser, prompt: string): Promise<number> {
  return (await browser.post('/generations', { prompt })).status;
}
