import { afterAll, expect, test } from '@jest/globals';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import type { Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, approved, approvedErasure, mail } from './case.ts';
import { casework } from './casework.ts';

const the = await scene();
const { kept } = the;
const { somebody, has, lettersTo, lastTo, receiptOf, finish } = casework(() => the);
afterAll(() => the.close());

const CLAIM = { kind: 'legal', ground: 'claim 4711', by: 'lin' } as const;

/** An erasure that ended with the videos held. */
async function endedInPart(collection?: string): Promise<{ who: Person; id: string; hold: string }> {
  const who = await somebody();
  const hold = await kept.holds.place({ ...CLAIM, subject: who.key, ...(collection && { collection }) });
  const id = await approvedErasure(the, kept, who.address);
  await finish();
  expect(await again(kept, id)).toMatchObject({ status: 'partly-fulfilled', answerSentAt: expect.any(Date) });
  return { who, id, hold };
}
const findingOf = async (id: string) => (await kept.findings.open()).find(({ place }) => place === id);
const status = async (id: string): Promise<string> => (await again(kept, id)).status;

test('while the hold stands an erasure that ended in part stays ended', async () => {
  const { who, id } = await endedInPart('generations');
  the.clock.forward({ days: 40 });
  await finish();
  expect([await status(id), await has('generations', who)]).toEqual(['partly-fulfilled', 3]);
});

test('once it is lifted the work is open again with a preview of the rest, a new period and a finding, and nothing goes before two people have signed', async () => {
  const { who, id, hold } = await endedInPart('generations');
  the.clock.forward({ days: 100 });
  await kept.holds.lift(hold, 'lin');
  await finish();

  const request = await again(kept, id);
  expect(request).toMatchObject({ status: 'previewed', round: 2, resumedAt: the.clock.now() });
  const lines = 'preview' in request ? request.preview.lines : [];
  expect(lines).toContainEqual(expect.objectContaining({ collection: 'generations', action: 'erase', count: 3 }));
  expect(request).not.toHaveProperty('approval');
  const today = the.clock.now().toISOString().slice(0, 10);
  expect([request.dueOn > today, (await kept.requests.clock(request)).promiseDue]).toEqual([true, request.dueOn]);
  expect(await kept.tickets.get(request.ticket)).toMatchObject({ status: 'open', dueOn: request.dueOn });
  expect(await findingOf(id)).toMatchObject({ code: 'ERASURE_INCOMPLETE', severity: 'warning', times: 2 });
  await finish();
  expect(await has('generations', who)).toBe(3);
});

test('the rest goes under a plan of its own, told in a second letter and a second receipt; the first receipt stays as it is', async () => {
  const { who, id, hold } = await endedInPart('generations');
  const first = await kept.requests.receipt(id);
  const { plan } = await receiptOf(id);
  await kept.holds.lift(hold, 'lin');
  await finish();
  await approved(kept, id);
  await finish();

  expect([await status(id), await has('generations', who)]).toEqual(['fulfilled', 0]);
  expect((await kept.tickets.get((await again(kept, id)).ticket))?.status).toBe('closed');
  expect(lettersTo(who.address).slice(-2)).toEqual(['Your request could be met in part', 'Your data has been erased']);
  expect(lastTo(who.address)).not.toContain('claim 4711');
  const files = the.mailer.sent.filter(({ to }) => to === who.address).flatMap(({ attachments }) => attachments);
  expect(files.map(({ name }) => name.replace(/K-\w+/, 'K'))).toEqual(['receipt-K.json', 'receipt-K-2.json']);

  expect((await kept.requests.receipt(id, 1))?.text).toBe(first?.text);
  const second = await receiptOf(id);
  expect(receiptFaults(second)).toEqual([]);
  expect(second.lines.find((line) => line.collection === 'generations')).toMatchObject({
    action: 'erase',
    found: 3,
    done: 3,
    files: { found: 6, done: 6 },
  });
  expect(second.lines.find((line) => line.collection === 'sessions')?.found ?? 0).toBe(0);
  expect(second.plan.hash).not.toBe(plan.hash);
  expect(await findingOf(id)).toBeUndefined();

  await kept.evidence.sequence();
  const types = (await kept.evidence.entries({ kind: 'requests', id })).map(({ type }) => type);
  expect(types.slice(types.indexOf('RightsRequestPartlyFulfilled'))).toEqual([
    'RightsRequestPartlyFulfilled',
    'AnswerSent',
    'ErasureResumed',
    'ErasurePreviewed',
    'ErasureProposed',
    'ErasureApproved',
    'ErasureStarted',
    'RightsRequestFulfilled',
    'AnswerSent',
  ]);
  const ledger = (await the.ledger.entries()).map((entry) => entry.id).filter((each) => each.includes(id));
  expect(ledger).toEqual([`erasure:${id}`, `erasure:${id}-2`]);
  expect(await kept.evidence.verify()).toMatchObject({ ok: true });
});

test('a hold on all of a person: conversations that it kept go with the rest', async () => {
  const who = await somebody({ videos: 1 });
  const asked = await mail(kept, who.address, 'How do I pay?');
  const hold = await kept.holds.place({ ...CLAIM, subject: who.key });
  const id = await approvedErasure(the, kept, who.address);
  await finish();
  await kept.holds.lift(hold, 'lin');
  await finish();
  await approved(kept, id);
  await finish();
  expect([await status(id), await has('generations', who), await has('sessions', who)]).toEqual(['fulfilled', 0, 0]);
  await expect(kept.mail.raw(asked, 'ada', 'to look')).rejects.toMatchObject({ code: 'MAIL_NOT_FOUND' });
});

test('API keys kept because their logs are held do not reopen it while that hold stands', async () => {
  const { who, id, hold } = await endedInPart('apiLogs');
  expect(await has('apiKeys', who)).toBe(1);
  await finish();
  expect(await status(id)).toBe('partly-fulfilled');
  await kept.holds.lift(hold, 'lin');
  await finish();
  await approved(kept, id);
  await finish();
  expect([await status(id), await has('apiKeys', who)]).toEqual(['fulfilled', 0]);
});

test('lifted while another hold keeps the same, it stays ended until that one is lifted too', async () => {
  const { who, id, hold } = await endedInPart('generations');
  const other = await kept.holds.place({ ...CLAIM, ground: 'claim 4712', subject: who.key });
  await kept.holds.lift(hold, 'lin');
  await finish();
  expect(await status(id)).toBe('partly-fulfilled');
  await kept.holds.lift(other, 'lin');
  await finish();
  expect(await status(id)).toBe('previewed');
});

test('of two holds on the same ground, each frees what it kept alone', async () => {
  const who = await somebody();
  const hold = await kept.holds.place({ ...CLAIM, subject: who.key, collection: 'generations' });
  await kept.holds.place({ ...CLAIM, subject: who.key, collection: 'sessions' });
  const id = await approvedErasure(the, kept, who.address);
  await finish();
  await kept.holds.lift(hold, 'lin');
  await finish();
  await approved(kept, id);
  await finish();
  expect([await has('generations', who), await has('sessions', who)]).toEqual([0, 1]);
  expect(await again(kept, id)).toMatchObject({ status: 'partly-fulfilled', round: 2 });
});

test('a rest that meets a hold again ends in part again, and goes on again', async () => {
  const { who, id, hold } = await endedInPart('generations');
  await kept.holds.lift(hold, 'lin');
  await finish();
  const next = await kept.holds.place({ ...CLAIM, ground: 'claim 4713', subject: who.key });
  await kept.requests.preview(id, 'ada');
  await approved(kept, id);
  await finish();
  expect(await again(kept, id)).toMatchObject({
    status: 'partly-fulfilled',
    round: 2,
    missing: ['A hold keeps a part of it until it is lifted: claim 4713'],
  });
  await kept.holds.lift(next, 'lin');
  await finish();
  await approved(kept, id);
  await finish();
  expect([await status(id), (await again(kept, id)).round, await has('generations', who)]).toEqual(['fulfilled', 3, 0]);
  for (const round of [1, 2, 3]) expect(await kept.requests.receipt(id, round)).toBeDefined();
});

test('of several workers that see the hold gone, one reopens the case', async () => {
  const { id, hold } = await endedInPart('generations');
  await kept.holds.lift(hold, 'lin');
  const other = await the.restart();
  await Promise.all([kept.requests.advance(), other.requests.advance(), kept.requests.advance()]);
  expect(await again(kept, id)).toMatchObject({ status: 'previewed', round: 2 });
  await approved(kept, id);
  await finish();
  expect(await status(id)).toBe('fulfilled');
});

test('when the record of the case ends, all its receipts and units end with it', async () => {
  const { id, hold } = await endedInPart('generations');
  await kept.holds.lift(hold, 'lin');
  await finish();
  await approved(kept, id);
  await finish();
  const left = async (): Promise<number[]> =>
    Promise.all(
      [
        { name: 'kept_receipts', field: 'request' },
        { name: 'kept_units', field: 'run' },
      ].map(({ name, field }) => the.db.collection(name).countDocuments({ [field]: { $regex: `^${id}` } })),
    );
  expect((await left()).every((count) => count > 1)).toBe(true);
  the.clock.forward({ days: 4 * 366 });
  await kept.retention.sweep({ rule: 'rights-records' });
  expect([await left(), await kept.requests.get(id)]).toEqual([[0, 0], undefined]);
  expect(await kept.evidence.verify()).toMatchObject({ ok: true });
});
