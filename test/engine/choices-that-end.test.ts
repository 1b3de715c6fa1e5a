import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

let the: Scene;
let kept: Kept;
let people: Person[];

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  people = [];
  for (const name of ['ann', 'bo', 'cy', 'dee']) {
    const person = await aPerson(the, `${name}@example.org`, { videos: 0, logs: 0, payments: 0 });
    await kept.consents.give(person.key, 'training', 'sign-up');
    await kept.consents.withdraw(person.key, 'training', 'privacy page');
    await kept.objections.object(person.key, 'improvement', 'privacy page');
    await kept.policies.accept(person.key, 'sign-up');
    people.push(person);
  }
});
afterAll(() => the.close());

const sweep = async (dryRun = false): Promise<unknown> =>
  (await kept.retention.sweep({ rule: 'choices', dryRun }))[0]?.collections[0];
const choices = async (): Promise<string[]> => {
  const found = await Promise.all(
    ['kept_consents', 'kept_objections', 'kept_acceptances'].map((name) => the.db.collection(name).distinct('subject')),
  );
  for (const other of found.slice(1)) expect(other.sort()).toEqual(found[0]?.sort());
  return people.flatMap(({ key, address }) => (found[0]?.includes(key) ? [address.split('@')[0] ?? ''] : []));
};

test('what proves a choice ends three years after the year in which the account went, and never while there is one', async () => {
  const users = the.db.collection('users');
  const [, bo, cy, dee] = people;
  const dees = await users.findOne({ _id: dee?.id as never });
  await users.deleteMany({ _id: { $in: [bo?.id, cy?.id, dee?.id] as never[] } });
  await sweep();
  await users.insertOne(dees as object);
  await kept.holds.place({ kind: 'legal', subject: cy?.key ?? '', ground: 'a case in court', by: 'staff-1' });
  const year = the.clock.now().getUTCFullYear();
  const none = { collection: 'kept.consents', due: 0, held: 0, erased: 0, files: 0 };
  the.clock.set(new Date(`${year + 3}-12-30T12:00:00Z`));
  expect(await sweep()).toEqual(none);
  expect(await choices()).toEqual(['ann', 'bo', 'cy', 'dee']);

  the.clock.set(new Date(`${year + 4}-01-01T12:00:00Z`));
  expect(await sweep(true)).toEqual({ ...none, due: 6, held: 3 });
  expect(await sweep()).toEqual({ ...none, due: 6, held: 3, erased: 3 });
  expect(await choices()).toEqual(['ann', 'cy', 'dee']);
  const details = await the.db.collection('kept_evidenceDetails').find({}).toArray();
  expect(JSON.stringify(details)).not.toContain(bo?.key);
  expect(JSON.stringify(details)).toContain(cy?.key);
  expect(await kept.evidence.verify()).toMatchObject({ ok: true });
});
