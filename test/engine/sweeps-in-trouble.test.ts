import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileStore, Kept } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';
import { sweeping } from './sweeping.ts';

let the: Scene;
let kept: Kept;
let isDown = false;
const { alone, video, stays, log, ago } = sweeping(() => the);

beforeAll(async () => {
  the = await scene();
  const remove: FileStore['remove'] = async (keys) => {
    if (isDown) throw new Error('the store is down');
    return the.media.remove(keys);
  };
  kept = await the.restart({ files: { media: { ...the.media, remove } } });
});
afterAll(() => the.close());

test('one rule in trouble stops no other: what they end goes, and the sweep says that it failed', async () => {
  await alone();
  const old = await video(31);
  await log(undefined, ago(91));
  isDown = true;
  await expect(kept.retention.sweep()).rejects.toThrow('the store is down');
  expect(await the.db.collection('apiLogs').countDocuments({})).toBe(0);

  isDown = false;
  await kept.retention.sweep();
  expect([await stays(old), await the.media.has(`generations/${old}.mp4`)]).toEqual([false, false]);
});
