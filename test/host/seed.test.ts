import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { passwordMatches } from '../../examples/video-host/src/account/passwordHash.ts';
import { storedPasswords } from '../../examples/video-host/src/seed/storedPasswords.ts';
import { type Story, seedStory } from '../../examples/video-host/src/seed.ts';
import { type HostScene, OPENED, openScene } from './scene.ts';

const day = 86_400_000;

let scene: HostScene;
let story: Story;
beforeAll(async () => {
  scene = await openScene('seed');
  story = await seedStory({ connection: scene.connection, media: scene.media, now: OPENED });
});
afterAll(() => scene.close());

const of = (person: string) => ({ userId: String(story.people[person]?.id) });
const age = (at: Date | undefined) => (OPENED.getTime() - (at?.getTime() ?? 0)) / day;

test('Mara has all that the story asks for', async () => {
  const mara = await scene.models.users.findById(story.people.mara?.id).lean();
  expect(mara).toMatchObject({
    name: 'Mara Lindqvist',
    email: 'mara@example.org',
    identities: [{ provider: 'google' }],
  });
  expect(mara?.identities[0]?.email).not.toBe(mara?.email);

  const videos = await scene.models.generations.find(of('mara')).lean();
  expect(videos).toHaveLength(6);
  expect(videos.filter((video) => video.savedAt)).toHaveLength(3);
  expect(videos.filter((video) => video.parentId)).toHaveLength(2);
  expect(story.videos['mara.keeper']?.files[2]).toBe(story.videos['mara.lighthouse']?.files[2]);
  expect(await scene.models.generations.countDocuments({ parentId: String(story.videos['mara.lighthouse']?.id) })).toBe(
    2,
  );

  expect(await scene.models.payments.countDocuments(of('mara'))).toBe(3);
  expect(await scene.models.creditEntries.countDocuments({ ...of('mara'), reason: 'purchase' })).toBe(3);
  expect(await scene.models.sessions.countDocuments(of('mara'))).toBe(2);
  const key = await scene.models.apiKeys.findOne(of('mara')).lean();
  expect(await scene.models.apiLogs.countDocuments({ keyId: String(key?._id) })).toBe(40);
});

test('whoever has a password in a seed signs in by it', async () => {
  const all = Object.entries(storedPasswords);
  const matches = await Promise.all(all.map(([password, stored]) => passwordMatches(password, stored)));
  expect(all.filter((_, at) => !matches[at])).toEqual([]);
});

test('nothing in it breaks the promises on the day it begins', async () => {
  const logs = await scene.models.apiLogs.find().lean();
  expect(Math.max(...logs.map((line) => age(line.at)))).toBeLessThan(90);
  const unsaved = await scene.models.generations.find({ savedAt: null, unsavedAt: null }).lean();
  expect(Math.max(...unsaved.map((video) => age(video.createdAt)))).toBeLessThan(30);
});

test('a day later a video of Jonas that he never saved is 30 days old, and others of his are not or are saved', async () => {
  const videos = await scene.models.generations.find(of('jonas')).lean();
  const old = videos.filter((video) => !video.savedAt && !video.unsavedAt && age(video.createdAt) + 1 >= 30);
  expect(old.map((video) => String(video._id))).toEqual([story.videos['jonas.train']?.id]);
  expect(videos.filter((video) => video.savedAt && age(video.createdAt) > 30)).toHaveLength(2);
  expect(videos.some((video) => String(video.parentId) === story.videos['mara.lighthouse']?.id)).toBe(true);
});

test('every file that a record names is on the disk, and the disk holds no other', async () => {
  const videos = await scene.models.generations.find().lean();
  const avatars = await scene.models.users.find({ avatar: { $ne: null } }).lean();
  const outputs = videos.flatMap((video) => video.outputs.map(({ file }) => file));
  const named = [
    ...outputs.flatMap((file) => [file, `${file}.thumbnail`]),
    ...videos.flatMap((video) => video.references.map(({ file }) => file)),
    ...avatars.map((user) => user.avatar ?? ''),
  ];
  const found = (await readdir(scene.folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(scene.folder, path.join(entry.parentPath, entry.name)));
  expect(found.sort()).toEqual([...new Set(named)].sort());
});

test('nobody has spent more credits than they had, and every one of the cast has something', async () => {
  for (const { id: userId } of Object.values(story.people)) {
    const entries = await scene.models.creditEntries.find({ userId }).lean();
    expect(entries.reduce((sum, entry) => sum + entry.amount, 0)).toBeGreaterThanOrEqual(0);
    expect(await scene.models.generations.countDocuments({ userId })).toBeGreaterThan(0);
  }
  expect(Object.keys(story.people)).toHaveLength(10);
});

test('it is the same story on every run', async () => {
  const before = await scene.everything();
  await scene.connection.dropDatabase();
  const again = await seedStory({ connection: scene.connection, media: scene.media, now: OPENED });
  expect(again).toEqual(story);
  const timeless = (text: string) => text.replace(/"_id":"[0-9a-f]{24}"/g, '');
  expect(timeless(await scene.everything())).toBe(timeless(before));
});
