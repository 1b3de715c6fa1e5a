import { afterAll, describe, expect, test } from '@jest/globals';
import { aPerson } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { approved, confirmed, mail } from './case.ts';

const the = await scene();
const { kept } = the;
afterAll(() => the.close());

describe("Kept's own records", () => {
  test('the address that somebody confirmed is forgotten with the last case of theirs', async () => {
    const xia = await aPerson(the, 'xia@example.org', { videos: 0 });
    await mail(kept, xia.address, 'Please send me a copy of all my personal data.');
    await confirmed(the, kept, xia.address);
    const known = (): Promise<number> => the.db.collection('kept_identifiers').countDocuments({ subject: xia.key });
    expect(await known()).toBe(1);
    the.clock.forward({ days: 4 * 366 });
    await kept.retention.sweep({ rule: 'rights-records' });
    expect(await known()).toBe(0);
  });

  const conversation = async (from: string, text: string): Promise<string> => {
    await mail(kept, from, text);
    const found = await the.db.collection('kept_tickets').findOne({ 'from.address': from });
    return String(found?._id);
  };

  test('a closed conversation goes after a year, and nobody can read its raw mail any more (part of sdance-ai.collects.communications)', async () => {
    const ticket = await conversation('una@example.org', 'How do I download a video?');
    await kept.tickets.close(ticket, 'ada');
    const raw = await the.db.collection<{ keyId: string }>('kept_mails').findOne({ ticket });
    the.clock.forward({ days: 360 });
    await kept.retention.sweep({ rule: 'support' });
    expect(await kept.tickets.get(ticket)).toBeDefined();
    the.clock.forward({ days: 5 });
    const [report] = await kept.retention.sweep({ rule: 'support' });
    expect(report?.collections).toContainEqual(expect.objectContaining({ collection: 'kept.tickets', erased: 1 }));
    expect(await kept.tickets.get(ticket)).toBeUndefined();
    expect(await the.keys.get(raw?.keyId ?? '')).toBeUndefined();
    for (const name of ['kept_mails', 'kept_messages', 'kept_outbox']) {
      expect([name, await the.db.collection(name).countDocuments({ ticket })]).toEqual([name, 0]);
    }
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
  });

  test('an open conversation never ends by time', async () => {
    const ticket = await conversation('vic@example.org', 'How do I download a video?');
    the.clock.forward({ days: 800 });
    await kept.retention.sweep({ rule: 'support' });
    expect(await kept.tickets.get(ticket)).toBeDefined();
  });

  test('a case goes three years after the end of the year in which it was closed, its receipt and evidence details with it', async () => {
    await aPerson(the, 'wes@example.org', { videos: 1 });
    await mail(kept, 'wes@example.org', 'Please delete everything you have about me.');
    const { _id, ticket } = await confirmed(the, kept, 'wes@example.org');
    await approved(kept, _id);
    await kept.requests.advance();
    const year = the.clock.now().getUTCFullYear();
    the.clock.set(new Date(`${year + 3}-12-30T00:00:00Z`));
    await kept.retention.sweep({ rule: 'rights-records' });
    expect(await kept.requests.get(_id)).toMatchObject({ status: 'fulfilled' });
    the.clock.set(new Date(`${year + 4}-01-01T00:00:00Z`));
    await kept.retention.sweep({ rule: 'rights-records' });
    expect([await kept.requests.get(_id), await kept.tickets.get(ticket), await kept.requests.receipt(_id)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await the.db.collection('kept_identifiers').countDocuments({ value: 'wes@example.org' })).toBe(0);
    const entries = await kept.evidence.entries({ kind: 'requests', id: _id });
    expect(entries.length).toBeGreaterThan(5);
    const ids = entries.map((entry) => entry._id) as never[];
    expect(await the.db.collection('kept_evidenceDetails').countDocuments({ _id: { $in: ids } })).toBe(0);
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
  });
});
