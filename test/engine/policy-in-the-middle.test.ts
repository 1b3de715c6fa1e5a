import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { DAY } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';
import { SHORTER, versionWith } from './newVersion.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene({ policy: versionWith(1) });
});
afterAll(() => the.close());

test('a sweep stops between two units when another version becomes active, and the next one goes on by that', async () => {
  const createdAt = new Date(the.clock.now().getTime() - 40 * DAY);
  const userId = new mongoose.mongo.ObjectId();
  const videos = Array.from({ length: 700 }, (_, n) => ({
    userId,
    outputs: [{ file: `generations/${n}.mp4` }],
    createdAt,
  }));
  await the.db.collection('generations').insertMany(videos);
  const { lead } = await twoStaff(the.kept);
  const next = versionWith(2, SHORTER);
  await the.kept.policies.propose(next, lead, 'less is enough');

  let removed = 0;
  const media: typeof the.media = {
    ...the.media,
    async remove(keys) {
      removed += 1;
      // Somebody signs while the first unit is under way.
      if (removed === 1) await the.kept.policies.approve(next.hash, lead);
      return the.media.remove(keys);
    },
  };
  const worker = await the.restart({ files: { media } });
  const erased = async (): Promise<number> => {
    const reports = await worker.retention.sweep({ rule: 'generated-videos' });
    return reports.flatMap(({ collections }) => collections).reduce((sum, each) => sum + each.erased, 0);
  };
  expect(await erased()).toBe(500);
  expect(await erased()).toBe(200);
  expect(worker.policy.version).toBe(2);
});
