import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/stripe-paypal-studio/index.ts';
import { type Models, modelsOn } from '../../../examples/video-host/variants/stripe-paypal-studio/models.ts';
import { PASSWORD, twoStaff } from '../../engine/case.ts';
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

/** Has a sharing link made for an image and answers its path. */
export async function linkTo(browser: Browser, id: string): Promise<string> {
  const { text } = await post(browser, `/videos/${id}/links`).expect(201);
  const [path] = /\/s\/[\w-]+/.exec(text) ?? [];
  if (!path) throw new Error('the page shows no link');
  return path;
}

/** A member of staff, signed in to the console. */
export async function anAgent({ kept }: Pick<StudioScene, 'kept'>): Promise<{ agent: string; token: string }> {
  const { agent } = await twoStaff(kept);
  const { token } = await kept.staff.signIn({ email: 'ada@kept.test', password: PASSWORD, from: '192.0.2.1' });
  return { agent, token };
}

/** Asks for an image as staff: of which image, for which purpose, and why. */
export const look = (
  the: StudioScene,
  token: string,
  view: { item: string; purpose?: string; reason?: string },
): request.Test => the.stranger().post('/staff/views').set('authorization', `Bearer ${token}`).send(view);
