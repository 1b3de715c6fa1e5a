import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Types } from 'mongoose';
import request from 'supertest';
import type { Generation } from '../../examples/video-host/src/models/generation.ts';
import { type Browser, type HostScene, made, openScene, picture, signedUp } from './scene.ts';

let scene: HostScene;
let ada: Browser;
let bob: Browser;
beforeAll(async () => {
  scene = await openScene('generations');
  ada = await signedUp(scene, 'Ada');
  bob = await signedUp(scene, 'Bob');
  await scene.models.creditEntries.updateMany({ reason: 'welcome' }, { amount: 1000 });
});
beforeEach(() => {
  scene.outcome = 'permitted';
  scene.questions.length = 0;
});
afterAll(() => scene.close());

const stored = async (id: string): Promise<Generation> => {
  const video = await scene.models.generations.findById(id).lean();
  if (!video) throw new Error(`no video ${id}`);
  return video;
};
const onDisk = (key: string) => readFile(path.join(scene.folder, key));
const filesOnDisk = async () =>
  (await readdir(scene.folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;
const balance = async () =>
  (await scene.models.creditEntries.find().lean()).reduce((sum, entry) => sum + entry.amount, 0);

describe('a video', () => {
  test('is a record, a file and its thumbnail, and costs one credit', async () => {
    const before = await balance();
    const id = await made(ada, { prompt: 'A lighthouse in a storm', picture });
    const video = await stored(id);
    const owner = await scene.models.users.findOne({ email: 'ada@example.org' }).lean();
    expect(video).toMatchObject({
      userId: owner?._id,
      prompt: 'A lighthouse in a storm',
      createdAt: scene.now,
      visibility: 'private',
    });
    expect(video.parentId ?? video.savedAt ?? video.unsavedAt).toBeUndefined();

    const [output] = video.outputs;
    const film = await onDisk(output?.file ?? '');
    const still = await onDisk(`${output?.file}.thumbnail`);
    expect(film.subarray(0, 6).toString()).toBe('GIF89a');
    expect(film.at(-1)).toBe(0x3b);
    expect(still.length).toBeLessThan(film.length);
    expect(await onDisk(video.references[0]?.file ?? '')).toEqual(picture);
    expect(await balance()).toBe(before - 1);
  });

  test('looks the same for the same words, and another for other words or another picture', async () => {
    const wishes = [{ prompt: 'A kite' }, { prompt: 'A kite' }, { prompt: 'A boat' }, { prompt: 'A kite', picture }];
    const films: string[] = [];
    for (const wish of wishes) {
      const [output] = (await stored(await made(ada, wish))).outputs;
      films.push((await onDisk(output?.file ?? '')).toString('base64'));
    }
    expect(films[1]).toBe(films[0]);
    expect(new Set(films).size).toBe(3);
  });

  test('is made by the API of forms in JSON as well', async () => {
    await ada.post('/generations').send({ prompt: 'A kite' }).expect(303);
  });

  test('needs words, and a picture that is one', async () => {
    const files = await filesOnDisk();
    await ada.post('/generations').field('prompt', ' ').expect(422);
    await ada.post('/generations').field('prompt', 'x'.repeat(2001)).expect(422);
    await ada
      .post('/generations')
      .field('prompt', 'A kite')
      .attach('picture', Buffer.from('<svg/>'), { filename: 'me.png' })
      .expect(415);
    await ada.post('/generations').set('content-type', 'multipart/form-data; boundary=x').send('nothing').expect(400);
    expect(await filesOnDisk()).toBe(files);
  });

  test('needs credits', async () => {
    const poor = await signedUp(scene, 'Poor');
    const { _id } = (await scene.models.users.findOne({ email: 'poor@example.org' }).lean()) ?? {};
    await scene.models.creditEntries.deleteMany({ userId: String(_id) });
    await poor.post('/generations').type('form').send({ prompt: 'A kite' }).expect(402);
    expect(scene.questions).toEqual([]);
  });
});

describe('sdance-ai.purpose.only-requested-output: before anything goes to the model provider, the policy is asked', () => {
  test('for the prompt and for the picture, naming the provider and the video they serve', async () => {
    const id = await made(ada, { prompt: 'A kite', picture });
    const owner = await scene.models.users.findOne({ email: 'ada@example.org' }).lean();
    const asked = {
      subject: String(owner?._id),
      purpose: 'service.generation',
      recipient: expect.any(String),
      generation: id,
      collected: scene.now,
    };
    expect(scene.questions).toEqual([
      { ...asked, category: 'generation.prompt' },
      { ...asked, category: 'generation.reference' },
    ]);
  });

  test.each(['forbidden', 'undetermined'] as const)(
    'and where the answer is %s, nothing is made, stored or charged',
    async (outcome) => {
      scene.outcome = outcome;
      const before = [await filesOnDisk(), await balance(), await scene.models.generations.countDocuments()];
      const answer = await ada
        .post('/generations')
        .field('prompt', 'A kite')
        .attach('picture', picture, { filename: 'me.png' })
        .expect(403);
      expect(answer.text).toContain('The scene says so.');
      expect([await filesOnDisk(), await balance(), await scene.models.generations.countDocuments()]).toEqual(before);
    },
  );
});

describe('a remix', () => {
  test('of a public video of somebody else names its parent and takes a copy of the picture for its own', async () => {
    const parent = await made(bob, { prompt: 'A desert of glass', picture });
    await ada.get(`/create?remix=${parent}`).expect(404);
    await ada.post('/generations').type('form').send({ prompt: 'Mine', parent }).expect(404);

    await bob.post(`/videos/${parent}/visibility`).type('form').send({ visibility: 'public' }).expect(303);
    expect((await ada.get(`/create?remix=${parent}`).expect(200)).text).toContain('A desert of glass');
    const remix = await stored(await made(ada, { prompt: 'The same, in rain', parent }));

    expect(String(remix.parentId)).toBe(parent);
    const theirs = (await stored(parent)).references[0]?.file ?? '';
    const own = remix.references[0]?.file ?? '';
    expect(own).not.toBe(theirs);
    expect(await onDisk(own)).toEqual(await onDisk(theirs));
    expect((await bob.get(`/videos/${parent}`)).text).toContain('remixes: 1');
  });

  test('of one’s own shares the picture', async () => {
    const parent = await made(ada, { prompt: 'First', picture });
    const remix = await stored(await made(ada, { prompt: 'Second', parent }));
    expect(remix.references).toEqual((await stored(parent)).references);
  });

  test('of a video that is not there is refused', async () => {
    for (const parent of ['nonsense', String(new Types.ObjectId())]) {
      await ada.post('/generations').type('form').send({ prompt: 'Mine', parent }).expect(404);
    }
  });
});

describe('a picture that was given before', () => {
  test('serves another video of the same person as the same file', async () => {
    const first = await made(ada, { prompt: 'First', picture });
    const reuse = (await stored(first)).references[0]?.file ?? '';
    expect((await ada.get(`/create?reuse=${first}`).expect(200)).text).toContain(`value="${reuse}"`);
    const files = await filesOnDisk();
    const second = await stored(await made(ada, { prompt: 'Second', reuse }));
    expect(second.references).toEqual([{ file: reuse }]);
    expect(await filesOnDisk()).toBe(files + 2);
  });

  test('never serves somebody else', async () => {
    const reuse = (await stored(await made(ada, { prompt: 'First', picture }))).references[0]?.file ?? '';
    for (const key of [reuse, '../secret', 'outputs/none.gif']) {
      await bob.post('/generations').type('form').send({ prompt: 'Mine', reuse: key }).expect(404);
    }
  });
});

describe('saving', () => {
  test('marks a video with the day it was saved, giving it up with the day it was given up', async () => {
    const id = await made(ada, { prompt: 'A kite' });
    await ada.post(`/videos/${id}/save`).expect(303);
    const saved = await stored(id);
    expect(saved.savedAt).toEqual(scene.now);
    expect(saved.unsavedAt).toBeUndefined();

    scene.later({ days: 3 });
    await ada.post(`/videos/${id}/unsave`).expect(303);
    const given = await stored(id);
    expect(given.unsavedAt).toEqual(scene.now);
    expect(given.savedAt).toBeUndefined();

    scene.later({ days: 1 });
    await ada.post(`/videos/${id}/unsave`).expect(303);
    expect((await stored(id)).unsavedAt).toEqual(given.unsavedAt);

    await ada.post(`/videos/${id}/save`).expect(303);
    expect((await stored(id)).unsavedAt).toBeUndefined();
  });

  test('sdance-ai.retention.videos-30-days: whoever is about to give up an old video is warned of the day, and has seven more', async () => {
    const id = await made(ada, { prompt: 'A slow kite' });
    const page = async (): Promise<string> => (await ada.get(`/videos/${id}`).expect(200)).text;
    const daysFromNow = (days: number): Date => new Date(scene.now.getTime() + days * 86_400_000);
    const day = (days: number): string => daysFromNow(days).toISOString().slice(0, 10);
    expect(await page()).toContain(`it goes by ${day(30)}`);
    await ada.post(`/videos/${id}/save`).expect(303);
    await scene.models.generations.updateOne({ _id: id }, { createdAt: daysFromNow(-400) });
    expect(await page()).toContain(`If you give it up today, it goes by ${day(7)}`);
    await ada.post(`/videos/${id}/unsave`).expect(303);
    expect(await page()).toContain(`Not saved: it goes by ${day(7)}`);
    scene.later({ days: 5 });
    expect(await page()).toContain(`it goes by ${day(2)}`);
  });

  test('is for the owner alone', async () => {
    const id = await made(ada, { prompt: 'A kite' });
    await ada.post(`/videos/${id}/visibility`).type('form').send({ visibility: 'public' }).expect(303);
    for (const deed of ['save', 'unsave', 'visibility']) await bob.post(`/videos/${id}/${deed}`).expect(404);
    await request(scene.app).post(`/videos/${id}/save`).expect('location', '/sign-in');
    expect((await stored(id)).savedAt).toBeUndefined();
    await ada.post(`/videos/${id}/visibility`).type('form').send({ visibility: 'everybody' }).expect(422);
  });
});

describe('the files of a video', () => {
  test('of a private one are for its owner alone (part of sdance-ai.security.at-rest)', async () => {
    const id = await made(ada, { prompt: 'A kite', picture });
    for (const part of ['video', 'thumbnail', 'reference']) {
      await ada.get(`/media/${id}/${part}`).expect(200);
      await bob.get(`/media/${id}/${part}`).expect(404);
      await request(scene.app).get(`/media/${id}/${part}`).expect(404);
    }
    await bob.get(`/videos/${id}`).expect(404);
    await ada.get(`/media/${id}/constructor`).expect(404);
  });

  test('of a public one are for everybody, but for the picture that its owner gave', async () => {
    const id = await made(ada, { prompt: 'A kite', picture });
    await ada.post(`/videos/${id}/visibility`).type('form').send({ visibility: 'public' }).expect(303);
    const film = await request(scene.app).get(`/media/${id}/video`).expect(200);
    expect(film.headers).toMatchObject({ 'content-type': 'image/gif', 'cache-control': 'private, no-store' });
    await request(scene.app).get(`/media/${id}/thumbnail`).expect(200);
    await request(scene.app).get(`/media/${id}/reference`).expect(404);
  });
});
