import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import type { FileStore, RemovedFile } from '../../packages/core/src/engine/ports/edges.ts';
import { DAY } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure } from './case.ts';
import { casework } from './casework.ts';
import { sweeping } from './sweeping.ts';

type Answer = Omit<RemovedFile, 'key'>;

let the: Scene;
let kept: Kept;
/** What the store answers for files whose key holds one of these words. */
const hindered = new Map<string, Answer>();
let asked: string[] = [];

const { somebody, has, lastTo, receiptOf } = casework(() => the);
const { alone, video, stays, fileStays } = sweeping(() => the);

beforeAll(async () => {
  the = await scene();
  const media: FileStore = {
    ...the.media,
    async remove(keys) {
      asked.push(...keys);
      const answers: RemovedFile[] = [];
      for (const key of keys) {
        const found = [...hindered].find(([word]) => key.includes(word))?.[1];
        answers.push(...(found ? [{ key, ...found }] : await the.media.remove([key])));
      }
      return answers;
    },
  };
  kept = await the.restart({ files: { media } });
});
beforeEach(async () => {
  hindered.clear();
  asked = [];
});
afterAll(() => the.close());

const finish = async (): Promise<void> => {
  await kept.requests.advance();
  await kept.outbox.deliver();
};
const finding = async () => (await kept.findings.open()).find(({ code }) => code === 'FILES_LEFT');

test('a file that is locked hinders nothing else; staff read how many and until when, and it goes once the lock has ended', async () => {
  await alone();
  const [locked, free] = [await video(31), await video(31)];
  const until = new Date(the.clock.now().getTime() + 10 * DAY);
  hindered.set(`generations/${locked}`, { state: 'locked', until });

  await kept.retention.sweep();

  expect([await stays(locked), await stays(free)]).toEqual([false, false]);
  expect([await fileStays(locked), await fileStays(free)]).toEqual([true, false]);
  expect(await finding()).toMatchObject({
    place: 'media',
    severity: 'error',
    text: expect.stringContaining('media: 1 file locked by the store until 2026-03-13'),
  });

  the.clock.forward({ days: 9 });
  asked = [];
  await kept.retention.sweep();
  expect(asked).toEqual([]);

  the.clock.forward({ days: 2 });
  hindered.clear();
  await kept.retention.sweep();
  expect([await fileStays(locked), await finding()]).toEqual([false, undefined]);
  asked = [];
  await kept.retention.sweep();
  expect(asked).toEqual([]);
});

test('an erasure whose files are denied and locked says so in its answer, its receipt and to staff, without their names', async () => {
  const who = await somebody();
  hindered.set('generations/', { state: 'denied', code: 'AccessDenied' });
  hindered.set('uploads/', { state: 'locked' });
  const id = await approvedErasure(the, kept, who.address);
  await finish();

  expect(await has('generations', who)).toBe(0);
  const missing = [
    'media: 3 files locked by the store without an end that is known',
    'media: 3 files that Kept may not remove (AccessDenied)',
  ];
  expect(await again(kept, id)).toMatchObject({ status: 'partly-fulfilled', missing });
  for (const sentence of missing) expect(lastTo(who.address)).toContain(sentence);
  const receipt = await receiptOf(id);
  expect(receipt.lines.find(({ collection }) => collection === 'generations')?.files).toEqual({ found: 6, done: 0 });
  expect(JSON.stringify(receipt.notClaimed)).toContain('media: 3 files that Kept may not remove');

  hindered.clear();
  await kept.retention.sweep();
  expect([...(await remaining())]).toEqual([]);
  expect(await finding()).toBeUndefined();
});

test('what a hold reaches since then waits, and so does what somebody uses again', async () => {
  const who = await somebody();
  hindered.set('generations/', { state: 'failed', code: 'EIO' });
  await approvedErasure(the, kept, who.address);
  await finish();
  hindered.clear();
  const left = await remaining();
  expect(left).toHaveLength(3);
  const hold = await kept.holds.place({ kind: 'legal', subject: who.key, ground: 'claim', by: 'lin' });
  await the.db.collection('generations').insertOne({ outputs: [{ file: left[0] }], createdAt: the.clock.now() });

  await kept.retention.sweep();
  expect(await remaining()).toHaveLength(3);

  await kept.holds.lift(hold, 'lin');
  await kept.retention.sweep();
  expect(await remaining()).toEqual([]);
  expect(await the.media.has(String(left[0]))).toBe(true);
  expect(await the.media.has(String(left[1]))).toBe(false);
});

test('a dry run removes nothing that was left', async () => {
  await alone();
  const locked = await video(31);
  hindered.set(`generations/${locked}`, { state: 'failed' });
  await kept.retention.sweep();
  hindered.clear();

  await kept.retention.sweep({ dryRun: true });

  expect(await fileStays(locked)).toBe(true);
  await kept.retention.sweep();
  expect(await fileStays(locked)).toBe(false);
});

async function remaining(): Promise<string[]> {
  const units = await the.db
    .collection('kept_units')
    .find({ retryAt: { $ne: null } })
    .toArray();
  return units.flatMap(({ filesLeft }) => filesLeft.map(({ key }: { key: string }) => key));
}
