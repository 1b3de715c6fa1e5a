import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Scene, scene } from '../support/scene.ts';
import { mail } from './case.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

test('conversations under a hold stay, and however many they are, those behind them end', async () => {
  const { kept, clock, db } = the;
  await mail(kept, 'una@example.org', 'How do I download a video?');
  const tickets = db.collection<{ _id: string }>('kept_tickets');
  const { _id: first } = (await tickets.findOne({ 'from.address': 'una@example.org' })) ?? { _id: '' };
  await kept.tickets.close(first, 'ada');
  const closed = await tickets.findOne({ _id: first });
  const held = Array.from({ length: 250 }, (_, n) => ({
    ...closed,
    pending: [],
    ...{
      _id: `ticket-held-${n}`,
      number: `K-H${n}`,
      subject: 'ann',
      closedAt: new Date(clock.now().getTime() - n - 1),
    },
  }));
  await tickets.insertMany(held);
  await kept.holds.place({ kind: 'legal', subject: 'ann', ground: 'a case in court', by: 'staff-1' });

  clock.forward({ days: 366 });
  const counted = async (dryRun: boolean): Promise<unknown> =>
    (await kept.retention.sweep({ rule: 'support', dryRun }))[0]?.collections;
  const count = { collection: 'kept.tickets', due: 251, held: 250 };
  expect(await counted(true)).toEqual([{ ...count, erased: 0, files: 0 }]);
  expect(await counted(false)).toEqual([{ ...count, erased: 1, files: 0 }]);
  expect(await tickets.countDocuments({ _id: /^ticket-held/ } as object)).toBe(250);
  expect(await kept.tickets.get(first)).toBeUndefined();
});
