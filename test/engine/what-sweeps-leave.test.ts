import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aPerson, DAY } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';

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

test('a restriction that nobody asked for by a case ends with the proofs of choices, with what recipients were told of it and what was signed of its end', async () => {
  const { kept, db, clock } = the;
  const ann = await aPerson(the, 'ann@example.org', { videos: 0, logs: 0, payments: 0 });
  await db.collection<{ _id: string }>('kept_disclosures').insertOne({
    ...{ _id: 'd-1', service: 'sdance-ai', version: 1, schema: 1, pending: [], outcome: 'made' },
    ...{ subject: ann.key, recipient: 'fal-ai', categories: ['generation.prompt'], generation: 'g-1', at: clock.now() },
  } as never);
  const { _id } = await kept.restrictions.restrict(ann.key, 'unlawful', 'staff-1');
  const { agent, lead } = await twoStaff(kept);
  await kept.restrictions.lift(_id, lead, 'by telephone');
  await kept.restrictions.advance();
  const told = await kept.notifications.list({ request: _id });
  for (const notice of told) await kept.notifications.done(notice._id, agent, 'They said so.');
  expect(told.map(({ what }) => what).sort()).toEqual(['restriction', 'restriction-lifted']);

  const left = async (): Promise<number[]> =>
    Promise.all([
      db.collection('kept_holds').countDocuments({ subject: ann.key }),
      db.collection('kept_notifications').countDocuments({ request: _id }),
      db.collection('kept_receipts').countDocuments(),
    ]);
  clock.forward({ days: 6 * 365 });
  await kept.retention.sweep();
  expect(await left()).toEqual([1, 2, 1]);

  await db.collection('users').deleteOne({ _id: ann.id });
  await kept.retention.sweep();
  clock.forward({ days: 3 * 365 });
  await kept.retention.sweep();
  expect(await left()).toEqual([1, 2, 1]);
  clock.forward({ days: 2 * 365 });
  await kept.retention.sweep();
  expect(await left()).toEqual([0, 0, 0]);
});
