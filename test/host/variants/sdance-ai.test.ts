import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { variant } from '../../../examples/video-host/variants/sdance-ai/index.ts';
import { openVariant, type VariantScene } from './openVariant.ts';

let the: VariantScene;
beforeAll(async () => {
  the = await openVariant(variant);
});
afterAll(() => the.close());

test('a person who asks by mail is erased from every collection and store but what the plan keeps with its ground', async () => {
  const { id, email } = the.protagonist;
  expect(await the.placesOf(id)).toEqual(expect.arrayContaining(['users', 'generations', 'payments', 'sessions']));
  const filesBefore = (await the.everything()).files;
  expect(filesBefore).toContain(`avatars/${id}`);

  const erased = await the.eraseByMail(the.protagonist);
  expect(erased).toMatchObject({ status: 'fulfilled', residue: { found: 0 } });

  const after = await the.everything();
  const places = (await the.placesOf(id, email)).filter((name) => !name.startsWith('kept_'));
  expect(places).toEqual([]);
  expect(after.files).not.toContain(id);
  expect(JSON.parse(after.payments ?? '[]').some((payment: { userId?: string }) => !payment.userId)).toBe(true);
});

test('the app stands behind the pages of Kept', async () => {
  await request(the.app).get('/').expect(200);
  expect((await request(the.app).get('/privacy')).status).toBe(403);
});
