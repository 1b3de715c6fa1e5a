import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { settableClock } from '@kept/core';
import mongoose from 'mongoose';
import request from 'supertest';
import { modelsOn } from '../../examples/video-host/src/models/models.ts';
import { seedStory } from '../../examples/video-host/src/seed.ts';
import { startVideoHost, type VideoHostServer } from '../../examples/video-host/src/server.ts';
import { OPENED, picture } from './scene.ts';

const mongodbUri = process.env.KEPT_TEST_MONGODB_URI ?? '';
const database = 'kept_host_embedding';
const clock = settableClock(OPENED);

let dir: string;
let host: VideoHostServer;
let ada: ReturnType<typeof request.agent>;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'kept-host-embedding-'));
  await dropDatabase();
  host = await startVideoHost({ mongodbUri, database, dir, clock, mode: 'enforce', startJobs: false });
  ada = request.agent(host.urls.host);
  const form = { provider: 'google', name: 'Ada', email: 'ada@example.org', country: 'SE', birthYear: '1990' };
  await ada.post('/sign-up/provider').type('form').send(form).expect(303);
});
afterAll(async () => {
  await host.close();
  await dropDatabase();
  await rm(dir, { recursive: true, force: true });
});

describe('the app with Kept inside', () => {
  test('the policy permits what a person asked for, and the video is made (part of sdance-ai.purpose.generation)', async () => {
    await ada
      .post('/generations')
      .field('prompt', 'A kite')
      .attach('picture', picture, { filename: 'me.png' })
      .expect(303);
    const video = await modelsOn(host.connection).generations.findOne({ prompt: 'A kite' }).lean();
    expect(await host.media.has(video?.outputs[0]?.file ?? '')).toBe(true);
  });

  test('a person under restriction has nothing handed to the model provider (part of sdance-ai.right.restriction)', async () => {
    const { users, generations } = modelsOn(host.connection);
    const { id: subject } = (await users.findOne({ email: 'ada@example.org' })) ?? { id: '' };
    const count = await generations.countDocuments();
    const hold = await host.kept.holds.place({ kind: 'restriction', subject, ground: 'asked for', by: 'lead' });
    await ada.post('/generations').type('form').send({ prompt: 'A boat' }).expect(403);
    expect(await generations.countDocuments()).toBe(count);
    await host.kept.holds.lift(hold, 'lead');
    await ada.post('/generations').type('form').send({ prompt: 'A boat' }).expect(303);
  });

  test('sdance-ai.children.under-13: the age that counts is the policy’s for the country', async () => {
    const young = { provider: 'github', name: 'Kim', email: 'kim@example.org', birthYear: '2011' };
    await request(host.urls.host)
      .post('/sign-up/provider')
      .type('form')
      .send({ ...young, country: 'DE' })
      .expect(403);
    await request(host.urls.host)
      .post('/sign-up/provider')
      .type('form')
      .send({ ...young, country: 'SE' })
      .expect(303);
  });

  test('shows people their privacy pages when they are signed in', async () => {
    expect((await ada.get('/privacy').redirects(1).expect(200)).text).toContain('Your privacy');
    expect((await request(host.urls.host).get('/privacy').redirects(1)).status).toBeGreaterThanOrEqual(400);
  });

  test('shows staff the door of the console', async () => {
    expect((await request(host.urls.host).get('/console/').redirects(2).expect(200)).text).toContain('password');
  });

  test('what the support form sends becomes a ticket of its writer, and the answer goes out (part of sdance-ai.collects.communications)', async () => {
    const form = { subject: 'Invoice', text: 'Hello, where do I find my invoice for March?' };
    await ada.post('/support').type('form').send(form).expect(303);
    await host.kept.workOff();
    const { items } = await host.kept.tickets.queue();
    expect(items).toMatchObject([{ from: { address: 'ada@example.org' } }]);

    await host.kept.tickets.reply(items[0]?._id ?? '', 'lead', 'On your account page.');
    await host.kept.workOff();
    const folder = path.join(host.letters, 'ada@example.org');
    const letters = await Promise.all((await readdir(folder)).map((file) => readFile(path.join(folder, file), 'utf8')));
    expect(letters.some((letter) => letter.includes('On your account page.'))).toBe(true);
  });

  test('has its jobs registered once', async () => {
    const { jobs } = await host.agenda.queryJobs();
    const names = jobs.map((job) => job.name);
    expect(names).toContain('sdance-ai retention.sweep');
    expect(new Set(names).size).toBe(names.length);
  });

  test('sdance-ai.retention.videos-30-days: the story’s unsaved video goes on its day with its files, what others share stays', async () => {
    const stage = { connection: host.connection, media: host.media, now: clock.now() };
    const story = await seedStory(stage);
    const files = (label: string) =>
      Promise.all((story.videos[label]?.files ?? []).map((file) => host.media.has(file)));
    clock.forward({ days: 1 });
    await host.kept.retention.sweep();

    const { generations } = modelsOn(host.connection);
    expect(await generations.exists({ _id: String(story.videos['jonas.train']?.id) })).toBeNull();
    expect(await files('jonas.train')).toEqual([false, false]);
    for (const label of ['jonas.kettle', 'jonas.forest', 'jonas.canal', 'mara.keeper', 'mara.grandmother']) {
      expect(await generations.exists({ _id: String(story.videos[label]?.id) })).not.toBeNull();
      expect(new Set(await files(label))).toEqual(new Set([true]));
    }
  });
});

describe('starting and stopping', () => {
  test('a start that fails names what failed and leaves nothing open', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as { port: number };
    const elsewhere = path.join(dir, 'second');
    const before = mongoose.connections.length;
    const start = startVideoHost({ mongodbUri, database, dir: elsewhere, smtpPort: port, clock, startJobs: false });
    await expect(start).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(mongoose.connections.length).toBe(before);
    await new Promise((resolve) => squatter.close(resolve));
  });

  test('it closes what it opened, promptly, with a browser still connected', async () => {
    const own = await startVideoHost({ mongodbUri, database, dir, clock, startJobs: false });
    await request(own.urls.host).get('/').set('connection', 'keep-alive').expect(200);
    const started = performance.now();
    await own.close();
    expect(performance.now() - started).toBeLessThan(5_000);
    await expect(fetch(own.urls.host)).rejects.toMatchObject({ name: 'TypeError' });
    expect(own.connection.readyState).toBe(0);
  });
});

async function dropDatabase(): Promise<void> {
  const connection = await mongoose.createConnection(mongodbUri, { dbName: database }).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
