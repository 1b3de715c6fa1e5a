import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { tellPack } from '../../examples/video-host/src/story/tellPack.ts';
import { variant } from '../../examples/video-host/variants/seedance-api/index.ts';
import { ask } from '../cli/ask.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'kept-story-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test('the short story is told to its end, with a copy taken along by mail where nobody signs in', async () => {
  let told = '';
  const story = await tellPack(variant, {
    mongodbUri: process.env.KEPT_TEST_MONGODB_URI ?? '',
    database: 'kept_short_story',
    dir,
    write: (text) => {
      told += text;
    },
    color: false,
    async verify(file, keys) {
      const { code, out, err } = await ask(['verify', file, '--keys', keys]);
      return { code, output: out + err };
    },
    days: 2,
    stayUp: false,
  });
  await story.close();
  expect(told).toMatch(/Teo takes a copy along.*Asked for by mail.*2 days go by/s);
  expect(told).toMatch(/What their promises ended went on its day.*account +users +1\n.*videos +generations +\d/s);
}, 90_000);
