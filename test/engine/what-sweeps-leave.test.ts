import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aPerson, DAY } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

test('an account that went by itself is named nowhere: not in the evidence, not in what the sweep wrote down', async () => {
  const mara = await aPerson(the, 'mara@example.org', { payments: 0 });
  const closedAt = new Date(the.clock.now().getTime() - 31 * DAY);
  await the.db.collection('users').updateOne({ _id: mara.id }, { $set: { closedAt } });
  await the.kept.retention.sweep();
  await the.kept.evidence.sequence();
  the.clock.forward({ hours: 6 });
  await the.kept.retention.sweep();
  await the.kept.evidence.sequence();

  expect(await the.db.collection('users').countDocuments()).toBe(0);
  const names = (await the.db.listCollections().toArray())
    .map(({ name }) => name)
    .filter((name) => name.startsWith('kept_'));
  const kept = await Promise.all(
    names.map(async (name) => [name, JSON.stringify(await the.db.collection(name).find({}).toArray())]),
  );
  expect(kept.filter(([, text]) => text?.includes(mara.key)).map(([name]) => name)).toEqual([]);
  expect(await the.kept.evidence.verify()).toMatchObject({ ok: true });
});

test('sweeps in which nothing happened are forgotten, but for the newest of each rule', async () => {
  for (let n = 0; n < 5; n += 1) {
    the.clock.forward({ hours: 6 });
    await the.kept.retention.sweep();
  }
  const runs = await the.kept.retention.runs({ limit: 100 });
  const quiet = runs.filter((run) => !run.notable);
  expect(quiet.length).toBe(the.kept.policy.retention.length);
});
