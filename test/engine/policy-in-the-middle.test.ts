import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { UNIT_SIZE } from '../../packages/core/src/engine/removal/carryOut.ts';
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
  const now = the.clock.now();
  const old = new Date(now.getTime() - 40 * DAY);
  const userId = new mongoose.mongo.ObjectId();
  const due = UNIT_SIZE + 200;
  // As many again stay: of more than half of a large collection a sweep would ask first.
  const videos = Array.from({ length: 2 * due }, (_, n) => ({
    userId,
    outputs: [{ file: `generations/${n}.mp4` }],
    createdAt: n < due ? old : now,
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
  expect(await erased()).toBe(UNIT_SIZE);
  expect(await erased()).toBe(200);
  expect(worker.policy.version).toBe(2);
});
