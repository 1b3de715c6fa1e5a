import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import request from 'supertest';
import { type Browser, type HostScene, openScene, signedUp } from './scene.ts';

let scene: HostScene;
let browser: Browser;
let key: string;
beforeAll(async () => {
  scene = await openScene('api');
  browser = await signedUp(scene, 'Ada');
  key =
    /sdk_[\w-]{43}/.exec((await browser.post('/account/keys').type('form').send({ name: 'script' })).text)?.[0] ?? '';
});
beforeEach(() => scene.models.apiLogs.deleteMany());
afterAll(() => scene.close());

const logs = () => scene.models.apiLogs.find().sort({ at: 1 }).lean();

test('a call by key makes a video of its owner and leaves a line in the log', async () => {
  const answer = await request(scene.app)
    .post('/api/v1/generations?trace=secret')
    .set('user-agent', 'storyboard/1')
    .auth(key, { type: 'bearer' })
    .send({ prompt: 'A kite over Lagos' })
    .expect(201);
  expect(answer.body).toMatchObject({ prompt: 'A kite over Lagos', saved: false, visibility: 'private' });
  await request(scene.app)
    .get(answer.headers.location ?? '')
    .auth(key, { type: 'bearer' })
    .expect(200);
  await browser.get(`/videos/${answer.body.id}`).expect(200);

  const owner = await scene.models.apiKeys.findOne({ name: 'script' }).lean();
  const [line] = await logs();
  expect(line).toMatchObject({
    keyId: owner?._id,
    at: scene.now,
    method: 'POST',
    path: '/api/v1/generations',
    status: 201,
    userAgent: 'storyboard/1',
  });
  expect(line?.ip).toMatch(/127\.0\.0\.1|::1/);
  expect(line?.durationMs).toBeGreaterThanOrEqual(0);
  expect(owner?.lastUsedAt).toEqual(scene.now);
});

test('a call that fails is in the log too, with its status', async () => {
  const call = () => request(scene.app).post('/api/v1/generations').auth(key, { type: 'bearer' });
  const broken = await call().type('json').send('{"prompt":').expect(400);
  expect(broken.headers['content-type']).toContain('application/problem+json');
  await call().send({ prompt: '' }).expect(422);
  scene.outcome = 'forbidden';
  await call().send({ prompt: 'A kite' }).expect(403);
  scene.outcome = 'permitted';
  await request(scene.app)
    .get('/api/v1/generations/64b000000000000000000000')
    .auth(key, { type: 'bearer' })
    .expect(404);
  await request(scene.app).get('/api/v1/elsewhere').auth(key, { type: 'bearer' }).expect(404);
  expect((await logs()).map((line) => line.status).sort()).toEqual([400, 403, 404, 404, 422]);
});

test('a call without a key that we know is refused and belongs to nobody: no line is written', async () => {
  await request(scene.app).post('/api/v1/generations').send({ prompt: 'A kite' }).expect(401);
  await request(scene.app)
    .post('/api/v1/generations')
    .auth('sdk_unknown', { type: 'bearer' })
    .send({ prompt: 'A kite' })
    .expect(401);
  await request(scene.app).post('/api/v1/generations').auth('ada', 'password').send({ prompt: 'A kite' }).expect(401);
  expect(await logs()).toEqual([]);
});

test('a video of somebody else is not there for a key', async () => {
  const other = await signedUp(scene, 'Bob');
  const { headers } = await other.post('/generations').type('form').send({ prompt: 'Mine' }).expect(303);
  const id = String(headers.location).replace('/videos/', '');
  await request(scene.app).get(`/api/v1/generations/${id}`).auth(key, { type: 'bearer' }).expect(404);
});

test('the key of a closed account opens nothing', async () => {
  await browser.post('/account/close').expect(303);
  await request(scene.app)
    .post('/api/v1/generations')
    .auth(key, { type: 'bearer' })
    .send({ prompt: 'A kite' })
    .expect(401);
});
