import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aPerson, aVideo, DAY, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { becomesActive, LONGER, versionWith } from './newVersion.ts';
import { sumOf } from './sweeping.ts';

let the: Scene;
let people: Person[];

beforeAll(async () => {
  the = await scene({ policy: versionWith(1) });
  const { clock, db, kept } = the;
  people = [
    await aPerson(the, 'ann@example.org'),
    await aPerson(the, 'bo@example.org'),
    await aPerson(the, 'cy@example.org'),
  ];
  await becomesActive(the, kept, versionWith(2, LONGER));
  for (const { id } of people)
    await aVideo(the, id, { createdAt: new Date(clock.now().getTime() - 40 * DAY), savedAt: null });
  const [ann, bo] = people;
  await kept.policies.accept(ann?.key ?? '', 'privacy page');
  await kept.holds.place({ kind: 'legal', subject: bo?.key ?? '', ground: 'a case in court', by: 'staff-1' });
  await db.collection('users').updateOne({ _id: people[2]?.id as never }, { $set: { closedAt: clock.now() } });
  clock.forward({ days: 400 });
  await kept.policies.advance();
});
afterAll(() => the.close());

/** Everything that outlives a process. */
async function dump(): Promise<string> {
  const names = (await the.db.listCollections().toArray()).map(({ name }) => name).sort();
  const all: Record<string, unknown> = {};
  for (const name of names) all[name] = await the.db.collection(name).find().sort({ _id: 1 }).toArray();
  const files = people.flatMap(({ videos }) => videos.map((id) => the.media.has(`generations/${id}.mp4`)));
  return JSON.stringify({ all, files, letters: the.mailer.sent.length, ledger: await the.ledger.entries() });
}

test('a dry run and a rule that observes count what is over and what a hold keeps, and leave no trace', async () => {
  const observer = await the.restart({ policy: versionWith(2, LONGER), mode: 'observe' });
  const before = await dump();
  for (const reports of [await the.kept.retention.sweep({ dryRun: true }), await observer.retention.sweep()]) {
    expect(sumOf(reports, 'due', 'generations')).toBeGreaterThan(0);
    expect(sumOf(reports, 'held', 'generations')).toBeGreaterThan(0);
    expect(sumOf(reports, 'due', 'users')).toBe(1);
    expect(await dump()).toBe(before);
  }
});
