import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Kept, memoryAnchor } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';
import { mail } from './case.ts';

type Doc = { _id: string; [key: string]: unknown };
let the: Scene;
let kept: Kept;
let anchor: ReturnType<typeof memoryAnchor>;

beforeAll(async () => {
  the = await scene();
});
beforeEach(async () => {
  for (const { name } of await the.db.listCollections({}, { nameOnly: true }).toArray())
    await the.db.collection(name).deleteMany({});
  anchor = memoryAnchor();
  kept = await the.restart({ anchor });
  for (const from of ['ann', 'bo', 'cy', 'di', 'ed', 'flo'])
    await mail(kept, `${from}@example.org`, 'How do I download a video?');
});
afterAll(() => the.close());

const entries = () => the.db.collection<Doc>('kept_evidence');
const chained = async (): Promise<number> => {
  const { chained: count } = await kept.evidence.sequence();
  await kept.evidence.anchor();
  expect(await kept.evidence.verify()).toEqual({ ok: true, entries: count });
  return count;
};

describe('the chain', () => {
  test('takes in every pending event once, in the order in which each document had them', async () => {
    const count = await chained();
    expect(count).toBeGreaterThan(10);
    expect(await kept.evidence.sequence()).toEqual({ chained: 0 });
    for (const { _id: id } of await the.db.collection<Doc>('kept_mails').find().toArray()) {
      const types = (await kept.evidence.entries({ kind: 'mails', id })).map((entry) => entry.type);
      expect(types).toEqual(['MailReceived', 'MailRead']);
    }
  });

  test.each<[string, Record<string, string>]>([
    ['its type', { type: 'NothingHappened' }],
    ['its time', { at: '2020-01-01T00:00:00.000Z' }],
    ['what it is about', { 'aggregate.id': 'somebody-else' }],
    ['its commitment', { commitment: '0'.repeat(64) }],
    ['its hash', { hash: '0'.repeat(64) }],
  ])('an entry that was edited is found: %s', async (_name, change) => {
    await chained();
    await entries().updateOne({ seq: 5 }, { $set: change });
    expect(await kept.evidence.verify()).toMatchObject({ ok: false, why: expect.stringContaining('entry') });
  });

  test('details that were edited are found', async () => {
    await chained();
    const entry = await entries().findOne({ type: 'MailReceived' });
    await the.db
      .collection<Doc>('kept_evidenceDetails')
      .updateOne({ _id: entry?._id ?? '' }, { $set: { 'details.mailbox': 'other@sdanceai.com' } });
    expect(await kept.evidence.verify()).toMatchObject({ ok: false, why: `entry ${entry?.seq}: details` });
  });

  test('details that were scrubbed leave the chain whole', async () => {
    const count = await chained();
    await the.db.collection('kept_evidenceDetails').deleteMany({});
    expect(await kept.evidence.verify()).toEqual({ ok: true, entries: count });
  });

  test('an entry that was taken out of the middle is found', async () => {
    await chained();
    await entries().deleteOne({ seq: 4 });
    expect(await kept.evidence.verify()).toMatchObject({ ok: false });
  });

  test('a tail that was cut off is found against the anchor, and cannot be anchored over', async () => {
    const count = await chained();
    await entries().deleteMany({ seq: { $gt: count - 3 } });
    expect(await kept.evidence.verify()).toMatchObject({ ok: false, why: expect.stringContaining('anchor') });
    await expect(kept.evidence.anchor()).rejects.toMatchObject({ code: 'ANCHOR_CONFLICT' });
  });

  test('an anchor that somebody else wrote proves nothing', async () => {
    const count = await chained();
    const [last] = await entries().find().sort({ seq: -1 }).limit(1).toArray();
    const forged = await the.restart({
      anchor: {
        write: async () => {},
        last: async () => {
          const real = await anchor.last('sdance-ai', 'main');
          return real && { ...real, seq: count, hash: String(last?.hash), at: '2026-01-01T00:00:00.000Z' };
        },
      },
    });
    expect(await forged.evidence.verify()).toMatchObject({ ok: false, why: expect.stringContaining('not signed') });
  });
});

describe('sequencers', () => {
  test('two at once make one chain, without a gap and without an event twice', async () => {
    const others = await Promise.all([the.restart({ anchor }), the.restart({ anchor })]);
    await Promise.all([kept, ...others].map((each) => each.evidence.sequence()));
    await kept.evidence.sequence();
    const all = await entries().find().sort({ seq: 1 }).toArray();
    expect(all.map((entry) => entry.seq)).toEqual(all.map((_, at) => at + 1));
    expect(await kept.evidence.verify()).toEqual({ ok: true, entries: all.length });
  });

  test('a late one that still believes to hold the lease is stopped by the place in the chain', async () => {
    const [first] = await entries().find().toArray();
    expect(first).toBeUndefined();
    // Both read the same head, because neither sees the lease of the other.
    const blind = (): Promise<Kept> =>
      the.restart({ anchor, clock: { now: () => new Date(the.clock.now().getTime() + blindness++ * 60_000) } });
    let blindness = 1;
    const [a, b] = [await blind(), await blind()];
    await Promise.all([a.evidence.sequence(), b.evidence.sequence()]);
    the.clock.forward({ days: 1 });
    await kept.evidence.sequence();
    const all = await entries().find().sort({ seq: 1 }).toArray();
    expect(new Set(all.map((entry) => entry._id)).size).toBe(all.length);
    expect(await kept.evidence.verify()).toEqual({ ok: true, entries: all.length });
  });

  test('a crash between chaining and settling chains nothing twice', async () => {
    const before = await the.db.collection<Doc>('kept_mails').find().toArray();
    const count = await chained();
    // As if the process had died after the insert: the events stand in the chain and are pending still.
    for (const { _id, pending } of before)
      await the.db.collection<Doc>('kept_mails').updateOne({ _id }, { $set: { pending } });
    expect(await kept.evidence.sequence()).toEqual({ chained: 0 });
    expect(await the.db.collection('kept_mails').countDocuments({ 'pending.0': { $exists: true } })).toBe(0);
    expect(await kept.evidence.verify()).toEqual({ ok: true, entries: count });
  });
});
