import request from 'supertest';
import { modelsOn } from '../../../examples/video-host/variants/seedream4/models.ts';
import { deviceToken } from '../../../examples/video-host/variants/seedream4/seed.ts';
import { picture } from '../scene.ts';
import type { VariantScene } from './openVariant.ts';

export type Browser = ReturnType<typeof request.agent>;

/** What the form says of every batch, unless a test says otherwise. */
export const look = { style: 'poster', aspect: 'square', strength: '40' };

export const aBrowser = (the: VariantScene): Browser => request.agent(the.app);

/** The device of somebody of the cast. */
export function deviceOf(the: VariantScene, person: string): Browser {
  const browser = aBrowser(the);
  browser.set('cookie', `device=${deviceToken(person)}`);
  return browser;
}

/** Has images made of these lines, the first with an upload, and answers where they are. */
export async function made(browser: Browser, prompt: string, items: readonly string[] = []): Promise<string> {
  const post = browser.post('/creations').field({ ...look, prompt });
  for (const [at, item] of items.entries()) post.field(`item-${at + 1}`, item);
  if (items.length > 0) post.attach('picture-1', picture, { filename: 'me.png', contentType: 'image/png' });
  const answer = await post.expect(303);
  return String(answer.headers.location);
}

/** Whose the images at a place are. */
export async function ownerOf(the: VariantScene, place: string): Promise<string> {
  const creation = await modelsOn(the.connection).creations.findById(place.slice('/creations/'.length)).lean();
  return String(creation?.visitorId);
}

/** Opens an account in this browser and answers the person's key. */
export async function openedAccount(
  the: VariantScene,
  browser: Browser,
  name: string,
  country?: string,
): Promise<string> {
  const email = `${name.toLowerCase()}@example.org`;
  await browser.post('/account').type('form').send({ name, email, password: 'a long enough one' }).expect(303);
  if (country) await browser.post('/contact').type('form').send({ country }).expect(303);
  return String((await modelsOn(the.connection).visitors.findOne({ email }).lean())?._id);
}
