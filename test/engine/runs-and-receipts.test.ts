import { afterAll, describe, expect, test } from '@jest/globals';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { aVideo, rawMail } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { withAfterthought } from './afterthought.ts';
import { again, approved, approvedErasure, MAILBOX, mail } from './case.ts';
import { casework } from './casework.ts';

const the = await scene();
const { kept } = the;
const { somebody, has, lettersTo, lastTo, receiptOf, finish } = casework(() => the);
afterAll(() => the.close());

const CLAIM = { kind: 'legal', ground: 'claim 4711', by: 'lin' } as const;

describe('the ledger', () => {
  test('names an erasure once it has begun, by keyed hashes, and not one that was taken back at the last moment', async () => {
    const zed = await somebody({ videos: 1 });
    const id = await approvedErasure(the, kept, zed.address);
    const meddled = await the.restart({
      data: {
        db: withAfterthought(the.db, 'kept_requests', 'findOneAndUpdate', () => kept.requests.preview(id, 'ada')),
      },
    });
    await meddled.requests.advance();
    const mine = async (): Promise<number> =>
      (await the.ledger.entries()).filter((entry) => entry.id === `erasure:${id}`).length;
    expect([(await again(kept, id)).status, await mine(), await has('generations', zed)]).toEqual(['previewed', 0, 1]);

    await approved(kept, id);
    the.clock.forward({ minutes: 1 });
    await finish();
    expect([(await again(kept, id)).status, await mine(), await has('generations', zed)]).toEqual(['fulfilled', 1, 0]);
    expect(JSON.stringify(await the.ledger.entries())).not.toMatch(new RegExp(`${zed.key}|${zed.address}`));
  });
});

describe('runners', () => {
  test('a second runner cannot run the same request, until the lease of the first is over', async () => {
    const hal = await somebody();
    const id = await approvedErasure(the, kept, hal.address);
    const until = new Date(the.clock.now().getTime() + 60_000);
    await the.db
      .collection<{ _id: string }>('kept_requests')
      .updateOne({ _id: id }, { $set: { lease: { holder: 'another', until } } });
    await expect(kept.requests.run(id)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
    await kept.requests.advance();
    expect(await has('generations', hal)).toBe(3);
    the.clock.forward({ minutes: 1 });
    await kept.requests.advance();
    expect((await again(kept, id)).status).toBe('fulfilled');
  });

  test('of several that run it at once one does, and there is one receipt and one letter', async () => {
    const ivy = await somebody();
    const id = await approvedErasure(the, kept, ivy.address);
    const other = await the.restart();
    await Promise.all([kept.requests.advance(), other.requests.advance(), kept.requests.advance()]);
    await finish();
    expect((await again(kept, id)).status).toBe('fulfilled');
    expect(lettersTo(ivy.address).filter((line) => line === 'Your data has been erased')).toHaveLength(1);
    expect(await the.db.collection('kept_receipts').countDocuments({ request: id })).toBe(1);
    expect(receiptFaults(await receiptOf(id))).toEqual([]);
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });
  });
});

describe('holds', () => {
  test('a hold on one collection: the rest goes, the request is met in part, and letter and receipt say what stays', async () => {
    const jo = await somebody();
    await kept.holds.place({ ...CLAIM, subject: jo.key, collection: 'generations' });
    const id = await approvedErasure(the, kept, jo.address);
    await finish();
    expect([await has('generations', jo), await has('sessions', jo)]).toEqual([3, 0]);
    const done = await again(kept, id);
    expect(done).toMatchObject({
      status: 'partly-fulfilled',
      missing: ['A hold keeps a part of it until it is lifted: claim 4711'],
    });
    const receipt = await receiptOf(id);
    expect(receiptFaults(receipt)).toEqual([]);
    expect(receipt.lines.find((line) => line.collection === 'generations')).toMatchObject({
      action: 'keep',
      found: 3,
      left: 3,
      ground: { article: 'Art 17(3)(e) GDPR', text: 'claim 4711' },
    });
    expect(lastTo(jo.address)).toContain('claim 4711');
    const finding = (await kept.findings.open()).find((each) => each.place === id);
    expect(finding).toMatchObject({ code: 'ERASURE_INCOMPLETE' });
    expect(JSON.stringify(finding)).not.toContain('claim 4711');
  });

  test('a hold placed after the approval voids it: staff see the new plan before anything goes', async () => {
    const kim = await somebody();
    const id = await approvedErasure(the, kept, kim.address);
    const hold = await kept.holds.place({ ...CLAIM, subject: kim.key });
    await kept.requests.advance();
    expect(await again(kept, id)).toMatchObject({ status: 'previewed' });
    expect(await has('generations', kim)).toBe(3);
    await kept.holds.lift(hold, 'lin');
    await kept.requests.preview(id, 'ada');
    await approved(kept, id);
    await finish();
    expect([(await again(kept, id)).status, await has('generations', kim)]).toEqual(['fulfilled', 0]);
  });

  test("a hold on all that is a person's keeps her conversations with support too", async () => {
    const vic = await somebody({ videos: 1 });
    const asked = await mail(kept, vic.address, 'How do I pay?');
    await kept.holds.place({ ...CLAIM, subject: vic.key });
    const id = await approvedErasure(the, kept, vic.address);
    await finish();
    expect((await again(kept, id)).status).toBe('partly-fulfilled');
    expect([await has('generations', vic), await has('sessions', vic)]).toEqual([1, 1]);
    expect(Buffer.from(await kept.mail.raw(asked, 'ada', 'The claim')).toString()).toContain('How do I pay?');
    const receipt = await receiptOf(id);
    expect(receiptFaults(receipt)).toEqual([]);
    expect(receipt.lines.every((line) => line.done === 0)).toBe(true);
  });

  test("somebody else's hold stops nothing", async () => {
    const [lu, may] = [await somebody(), await somebody()];
    await kept.holds.place({ ...CLAIM, subject: may.key });
    const id = await approvedErasure(the, kept, lu.address);
    await finish();
    expect((await again(kept, id)).status).toBe('fulfilled');
  });
});

describe('what the receipt counts', () => {
  test('records written between approval and run go too and are counted; those that went before are not', async () => {
    const ned = await somebody({ videos: 3, payments: 2 });
    const id = await approvedErasure(the, kept, ned.address);
    await aVideo(the, ned.id, { createdAt: the.clock.now() });
    await the.db.collection('sessions').deleteMany({ userId: ned.id });
    await finish();
    const receipt = await receiptOf(id);
    expect(receiptFaults(receipt)).toEqual([]);
    const line = (name: string): object | undefined => receipt.lines.find((each) => each.collection === name);
    expect(line('generations')).toMatchObject({ found: 4, done: 4, left: 0, files: { found: 8, done: 8 } });
    expect(line('sessions')).toMatchObject({ found: 0, done: 0, left: 0 });
    expect(line('payments')).toMatchObject({ action: 'detach', found: 2, done: 2, left: 0, until: '2035-01-01' });
    expect(line('kept.requests')).toMatchObject({ action: 'keep', until: '2030-01-01' });
    expect(receipt.residue).toMatchObject({ found: 0 });
  });

  test('sdance-ai.right.deletion: an earlier conversation goes too, its raw mail unreadable, and the case itself stays and is named', async () => {
    const oli = await somebody();
    const { id: asked } = await kept.mail.receive({ mailbox: MAILBOX, raw: rawMail(oli.address, 'How do I pay?') });
    await kept.mail.work();
    const copy = await the.db.collection<{ _id: string; keyId: string }>('kept_mails').findOne({ _id: asked });
    const id = await approvedErasure(the, kept, oli.address);
    await finish();
    expect(await the.keys.get(copy?.keyId ?? '')).toBeUndefined();
    await expect(kept.mail.raw(asked, 'ada', 'to look')).rejects.toMatchObject({ code: 'MAIL_NOT_FOUND' });
    const receipt = await receiptOf(id);
    expect(receipt.lines.find((line) => line.collection === 'kept.tickets')).toMatchObject({
      found: 1,
      done: 1,
      left: 0,
    });
    expect(lastTo(oli.address)).toContain('Article 5(2) GDPR'.replace('Article', 'Art'));
    expect((await kept.tickets.get((await again(kept, id)).ticket))?.status).toBe('closed');
  });

  test('a copy of a raw mail cannot be read once its key is destroyed (part of sdance-ai.security.at-rest)', async () => {
    const pia = await somebody();
    const { id } = await kept.mail.receive({
      mailbox: MAILBOX,
      raw: rawMail(pia.address, 'Where is my invoice, please?'),
    });
    const copy = await the.db
      .collection<{ _id: string; keyId: string; sealed: Buffer }>('kept_mails')
      .findOne({ _id: id });
    expect(Buffer.from(copy?.sealed ?? '').toString('latin1')).not.toContain('invoice');
    await the.keys.destroy(copy?.keyId ?? '');
    await expect(kept.mail.raw(id, 'ada', 'to look')).rejects.toMatchObject({ code: 'MAIL_CLOSED' });
  });

  test('logs that arrive for an erased API key during the run are found by the second look and go', async () => {
    const quin = await somebody();
    const id = await approvedErasure(the, kept, quin.address);
    const key = await the.db.collection('apiKeys').findOne({ userId: quin.id });
    const late = (): Promise<unknown> =>
      the.db.collection('apiLogs').insertOne({ keyId: key?._id, at: the.clock.now(), path: '/late' });
    const busy = await the.restart({ data: { db: withAfterthought(the.db, 'users', 'deleteMany', late) } });
    await busy.requests.advance();
    expect((await again(kept, id)).residue).toMatchObject({ found: 0, rounds: 2 });
    const left = await the.db.collection('apiLogs').countDocuments({ keyId: key?._id });
    const done = await again(kept, id);
    expect({ left, status: done.status }).toEqual({ left: 0, status: 'fulfilled' });
  });
});
