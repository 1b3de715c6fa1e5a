import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Kept, memoryFiles, type Right } from '@kept/core';
import type { Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again } from './case.ts';
import { casework } from './casework.ts';

let the: Scene;
let workers: readonly Kept[];
/** What happens once, in the middle of the next package that is written. */
let meanwhile: ((worker: number) => Promise<unknown>) | undefined;
/** How many packages are being written at this moment, and the most that were. */
let written = 0;
let most = 0;
const { somebody, lettersTo, finish } = casework(() => the);

beforeAll(async () => {
  const packages = memoryFiles();
  the = await scene({ packages });
  const worker = (number: number): Promise<Kept> =>
    the.restart({
      packages: {
        ...packages,
        async put(key, content) {
          const happens = meanwhile;
          meanwhile = undefined;
          written += 1;
          most = Math.max(most, written);
          await happens?.(number);
          const bytes = await packages.put(key, content);
          written -= 1;
          return bytes;
        },
      },
    });
  workers = await Promise.all([worker(0), worker(1)]);
});
afterAll(() => the.close());

async function asked({ key, address }: Person, ...rights: readonly Right[]): Promise<string[]> {
  const ids = rights.map(async (right) => {
    const { _id } = await the.kept.requests.open({ right, channel: 'app', subject: key, address, text: 'Please.' });
    return _id;
  });
  return Promise.all(ids);
}

/** How often something happened to a request. */
async function times(id: string, type: string): Promise<number> {
  await the.kept.evidence.sequence();
  return (await the.kept.evidence.entries({ kind: 'requests', id })).filter((each) => each.type === type).length;
}

test('two workers at two requests of one person carry out one after the other, lose neither and do neither twice', async () => {
  const ann = await somebody({ videos: 1 });
  const ids = await asked(ann, 'access', 'portability');

  // In the middle of one copy the other worker does all that it finds to do.
  let rounds: Promise<unknown>[] = [];
  meanwhile = (worker) => rounds[1 - worker] ?? Promise.reject(new Error('The other worker has not begun'));
  rounds = workers.map((worker) => worker.requests.advance());
  await Promise.all(rounds);
  await finish();

  expect(most).toBe(1);
  for (const id of ids) {
    expect((await again(the.kept, id)).status).toBe('fulfilled');
    expect(await times(id, 'RightsRequestFulfilled')).toBe(1);
  }
  expect(lettersTo(ann.address).filter((line) => line === 'What you asked us for is ready')).toHaveLength(2);
});

test('what two workers race for without order, for several people at once, ends once each', async () => {
  const rights = ['access', 'restriction', 'optout-training', 'portability'] as const;
  const people = [await somebody({ videos: 1 }), await somebody({ videos: 1 })];
  const ids = (await Promise.all(people.map((person) => asked(person, ...rights)))).flat();
  for (let round = 0; round < 3; round += 1) await Promise.all(workers.map((worker) => worker.requests.advance()));
  await finish();

  for (const id of ids) {
    const { right, status } = await again(the.kept, id);
    expect([right, status, await times(id, 'RightsRequestFulfilled')]).toEqual([right, 'fulfilled', 1]);
  }
  const sent = the.mailer.sent.map(({ messageId }) => messageId);
  expect(new Set(sent).size).toBe(sent.length);
  expect((await the.kept.findings.open()).map(({ code }) => code)).toEqual([]);
  expect(await the.kept.evidence.verify()).toMatchObject({ ok: true });
});
