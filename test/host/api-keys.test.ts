import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { type Browser, type HostScene, openScene, signedUp } from './scene.ts';

let scene: HostScene;
let browser: Browser;
beforeAll(async () => {
  scene = await openScene('api_keys');
  browser = await signedUp(scene, 'Ada');
});
afterAll(() => scene.close());

const keyIn = (page: string): string => /sdk_[\w-]{43}/.exec(page)?.[0] ?? 'none';
const ownerOf = async (): Promise<unknown> => (await scene.models.users.findOne({ email: 'ada@example.org' }))?._id;

test('a key is shown once, and nowhere stored but as a hash with its last four (part of sdance-ai.security.api-keys-hashed)', async () => {
  const shown = await browser.post('/account/keys').type('form').send({ name: 'script' }).expect(200);
  const key = keyIn(shown.text);
  expect(key).not.toBe('none');
  expect(shown.headers['cache-control']).toBe('no-store');

  const stored = await scene.models.apiKeys.findOne({ name: 'script' }).lean();
  expect(stored).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), last4: key.slice(-4) });
  expect(await scene.everything()).not.toContain(key);
  expect((await browser.get('/account')).text).not.toContain(key);
});

test('the model refuses a clear key in place of its hash, and beside it (part of sdance-ai.security.api-keys-hashed)', async () => {
  const userId = await ownerOf();
  const record = { userId, name: 'clear', hash: 'f'.repeat(64), last4: 'abcd', createdAt: scene.now };
  await expect(scene.models.apiKeys.create({ ...record, hash: 'sdk_clear' } as never)).rejects.toMatchObject({
    name: 'ValidationError',
  });
  await expect(scene.models.apiKeys.create({ ...record, key: 'sdk_clear' } as never)).rejects.toMatchObject({
    name: 'StrictModeError',
  });
  expect(await scene.models.apiKeys.countDocuments({ name: 'clear' })).toBe(0);
});

test('a replaced key opens nothing any more, and the log of its calls keeps its owner (part of sdance-ai.security.api-keys-hashed)', async () => {
  const before = keyIn((await browser.post('/account/keys').type('form').send({ name: 'old' })).text);
  const call = (key: string) =>
    request(scene.app).post('/api/v1/generations').auth(key, { type: 'bearer' }).send({ prompt: 'A kite' });
  await call(before).expect(201);
  const { _id } = (await scene.models.apiKeys.findOne({ name: 'old' }).lean()) ?? {};

  scene.later({ days: 100 });
  const after = keyIn((await (await backAgain()).post(`/account/keys/${_id}/rotate`)).text);
  await call(before).expect(401);
  await call(after).expect(201);

  expect(await scene.models.apiLogs.countDocuments({ keyId: String(_id) })).toBe(2);
  expect(await scene.models.apiKeys.findById(_id).lean()).toMatchObject({
    userId: await ownerOf(),
    createdAt: scene.now,
  });
});

test('a key of somebody else cannot be replaced', async () => {
  const { _id, hash } = (await scene.models.apiKeys.findOne({ name: 'script' }).lean()) ?? {};
  const other = await signedUp(scene, 'Bob');
  await other.post(`/account/keys/${_id}/rotate`).expect(404);
  await other.post('/account/keys/nonsense/rotate').expect(404);
  expect(await scene.models.apiKeys.findById(_id).lean()).toMatchObject({ hash });
});

async function backAgain(): Promise<Browser> {
  const fresh = request.agent(scene.app);
  await fresh.post('/sign-up/provider').type('form').send({ provider: 'google', email: 'ada@example.org' }).expect(303);
  return fresh;
}
