import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { memoryFiles } from '@kept/core';
import { access } from '../../packages/core/src/engine/rights/access/access.ts';
import { portability } from '../../packages/core/src/engine/rights/portability/portability.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import { copyingWorld } from '../engine/copies/copying.ts';
import { aPerson } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { aRequest, packageOf, packingWorld } from './packing.ts';

const PAGE_SECONDS = 10;
const LEASE_SECONDS = 60;

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

/** A world in which every look at a page of records takes a while. */
function slowWorld(): World {
  const world = { ...packingWorld(the, memoryFiles()), ...copyingWorld(the) };
  const { data, records } = world;
  const late = <T>(answer: T): T => {
    the.clock.forward({ seconds: PAGE_SECONDS });
    return answer;
  };
  return {
    ...world,
    data: { ...data, exportOf: async (...page) => late(await data.exportOf(...page)) },
    records: {
      ...records,
      collection(name) {
        const all = records.collection<never>(name);
        return { ...all, find: async (...query) => late(await all.find(...query)) };
      },
    },
  };
}

test.each(['access', 'portability'] as const)(
  'a walk through many records without a file keeps its lease (%s)',
  async (right) => {
    const person = await aPerson(the, `${right}@example.org`, { videos: 0 });
    const many = Array.from({ length: 900 }, (_, n) => ({
      userId: person.id,
      prompt: `a boat, the ${n}th`,
      outputs: [],
      createdAt: the.clock.now(),
    }));
    await the.db.collection('generations').insertMany(many);
    const request = { ...(await aRequest(the, `long-${right}`, person.key)), right };
    let last = the.clock.now().getTime();
    let longest = 0;
    let atOnce = 0;
    const beat = async () => {
      const now = the.clock.now().getTime();
      longest = Math.max(longest, (now - last) / 1000);
      last = now;
      atOnce += 1;
      expect(atOnce).toBe(1);
      await new Promise(setImmediate);
      atOnce -= 1;
    };
    await { access, portability }[right].run(slowWorld(), request, beat);
    expect(await packageOf(the, request._id)).toMatchObject({ state: 'ready' });
    expect(longest).toBeLessThan(LEASE_SECONDS);
  },
);
