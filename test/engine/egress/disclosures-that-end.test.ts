import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aPerson } from '../../support/people.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { approved, confirmed, mail } from '../case.ts';

let the: Scene;
beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

const made = (subject: string): Promise<unknown> =>
  the.kept.egress('fal-ai', { subject, generation: 'g-1' }).pass({ prompt: 'a boat' });

test('an erasure leaves of a disclosure that something left, and no longer of whom', async () => {
  const { key, address } = await aPerson(the, 'mona@example.org', { videos: 1 });
  await made(key);
  const [{ _id = '' } = {}] = await the.kept.disclosures.of(key);
  await mail(the.kept, address, 'Please delete everything you have about me.');
  const request = await confirmed(the, the.kept, address);
  await approved(the.kept, request._id);
  await the.kept.requests.advance();

  const done = await the.kept.requests.get(request._id);
  expect(done?.carriedOut).toContainEqual(
    expect.objectContaining({
      collection: 'kept.disclosures',
      action: 'detach',
      categories: ['rights.disclosure'],
      done: 1,
    }),
  );
  expect(await the.kept.disclosures.of(key)).toEqual([]);
  const left = await the.db.collection<{ _id: string }>('kept_disclosures').findOne({ _id });
  expect(left).toMatchObject({ recipient: 'fal-ai', outcome: 'made', categories: ['generation.prompt'] });
  expect(JSON.stringify(left)).not.toMatch(new RegExp(`${key}|g-1`));
  await the.kept.evidence.sequence();
  const entries = await the.kept.evidence.entries({ kind: 'disclosures', id: _id });
  const details = await the.db
    .collection('kept_evidenceDetails')
    .find({ _id: { $in: entries.map((each) => each._id as never) } })
    .toArray();
  expect(JSON.stringify(details)).not.toContain(key);
  expect(await the.kept.evidence.verify()).toMatchObject({ ok: true });
});

test('a disclosure ends by the rule that covers it', async () => {
  const { key } = await aPerson(the, 'nils@example.org', { videos: 0 });
  await made(key);
  const year = the.clock.now().getUTCFullYear();
  the.clock.set(new Date(`${year + 3}-12-30T00:00:00Z`));
  await the.kept.retention.sweep({ rule: 'rights-records' });
  expect(await the.kept.disclosures.of(key)).toHaveLength(1);
  the.clock.set(new Date(`${year + 4}-01-02T00:00:00Z`));
  const [report] = await the.kept.retention.sweep({ rule: 'rights-records' });
  expect(report?.collections).toContainEqual(expect.objectContaining({ collection: 'kept.disclosures' }));
  expect(await the.kept.disclosures.of(key)).toEqual([]);
});
