import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/stripe-paypal-studio/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/stripe-paypal-studio/models.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

export type Browser = ReturnType<typeof request.agent>;

/** The studio, opened and seeded. */
export interface StudioScene extends VariantScene {
  readonly models: Models;
  /** A browser that nobody has used. */
  stranger(): Browser;
  /** One in which somebody of the seed is signed in. */
  signedIn(key: string): Promise<Browser>;
}

export async function openStudio(): Promise<StudioScene> {
  const the = await openVariant(variant);
  const stranger = (): Browser => request.agent(the.app);
  return {
    ...the,
    models: modelsOn(the.connection),
    stranger,
    async signedIn(key) {
      const { email, password } = the.people[key] ?? {};
      const browser = stranger();
      await post(browser, '/sign-in', { email, password }).expect(303).expect('location', '/videos');
      return browser;
    },
  };
}

export const post = (browser: Browser, path: string, form: object = {}): request.Test =>
  browser.post(path).type('form').send(form);

/** Has an image made and answers its id. */
export async function made(browser: Browser, prompt: string): Promise<string> {
  const { headers } = await post(browser, '/generations', { prompt }).expect(303);
  return String(headers.location).replace('/videos/', '');
}
