import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { FileStore, Kept } from '@kept/core';
import { fileDenied } from '../../packages/core/src/adapters/files/fileDenied.ts';
import { unzip, whole } from '../packages/packing.ts';
import { DAY, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure, confirmed, mail } from './case.ts';
import { casework } from './casework.ts';

let the: Scene;
let kept: Kept;
const locked = new Map<string, Date>();
const denied = new Set<string>();
const { somebody, has, lastTo, receiptOf } = casework(() => the);

beforeAll(async () => {
  the = await scene();
  const media: FileStore = {
    ...the.media,
    async read(key) {
      if (denied.has(key)) throw fileDenied();
      return the.media.read(key);
    },
    async remove(keys) {
      const answers = keys.map(async (key) => {
        const until = locked.get(key);
        if (until) return [{ key, state: 'locked' as const, until }];
        if (denied.has(key)) return [{ key, state: 'denied' as const, code: 'AccessDenied' }];
        return the.media.remove([key]);
      });
      return (await Promise.all(answers)).flat();
    },
  };
  kept = await the.restart({ files: { media } });
});
beforeEach(() => {
  locked.clear();
  denied.clear();
});
afterAll(() => the.close());

/** Somebody with three videos and their inputs: one input is missing, one is locked and one denied. */
async function inTrouble(): Promise<Person> {
  const who = await somebody();
  const [missing, shut, refused] = who.videos.map((video) => `uploads/${video}.png`) as [string, string, string];
  await the.media.remove([missing]);
  locked.set(shut, new Date(the.clock.now().getTime() + 10 * DAY));
  denied.add(refused);
  return who;
}

/** The names of the media in the copy that waits for the person. */
async function mediaOf({ key: subject }: Person): Promise<string[]> {
  const [{ id } = { id: '' }] = await kept.packages.of(subject);
  await kept.packages.ask({ subject, id }, 1);
  const { content } = await kept.packages.download({ subject, id }, 1);
  return [...(await unzip(await whole(content))).keys()].filter((name) => /\.(mp4|png)$/.test(name));
}

test('a copy has every other file, and says how many are missing and how many the store refused', async () => {
  const who = await inTrouble();
  await mail(kept, who.address, 'Please send me a copy of all my personal data.');
  const { _id } = await confirmed(the, kept, who.address);
  await kept.requests.advance();
  await kept.outbox.deliver();

  const missing = [
    'One file could not be read, because our storage refused it.',
    'One file could not be found in our storage any more.',
  ];
  expect(await again(kept, _id)).toMatchObject({ status: 'partly-fulfilled', missing });
  for (const sentence of missing) expect(lastTo(who.address).replaceAll(/\s+/g, ' ')).toContain(sentence);
  expect((await mediaOf(who)).length).toBe(6 - missing.length);
  expect((await kept.findings.open()).filter(({ code }) => code === 'REQUEST_STUCK')).toEqual([]);
});

test('an erasure goes on without a file that is missing, and says how many are locked, until when, and how many denied', async () => {
  const who = await inTrouble();
  const id = await approvedErasure(the, kept, who.address);
  await kept.requests.advance();
  await kept.outbox.deliver();

  expect(await has('generations', who)).toBe(0);
  const missing = [
    'media: 1 file locked by the store until 2026-03-13',
    'media: 1 file that Kept may not remove (AccessDenied)',
  ];
  expect(await again(kept, id)).toMatchObject({ status: 'partly-fulfilled', missing });
  for (const sentence of missing) expect(lastTo(who.address)).toContain(sentence);
  const line = (await receiptOf(id)).lines.find(({ collection }) => collection === 'generations');
  expect(line).toMatchObject({ found: 3, done: 3, files: { found: 6, done: 4 } });
});
