import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { aPerson, aVideo } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure, twoStaff } from './case.ts';
import { casework } from './casework.ts';

let the: Scene;
beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

const { receiptOf, lastTo, lettersTo, finish, somebody } = casework(() => the);
const findingOf = async (id: string) =>
  (await the.kept.findings.open()).find(({ code, place }) => code === 'ERASURE_INCOMPLETE' && place === id);

/** An erasure that ended with the person's address in what somebody else wrote. */
async function mentioned() {
  const [who, other] = [await somebody({ videos: 1 }), await somebody({ videos: 0 })];
  await aVideo(the, other.id, { prompt: `a card for ${who.address}` });
  const id = await approvedErasure(the, the.kept, who.address);
  await finish();
  return { who, other, id, ...(await twoStaff(the.kept)) };
}

test('a mention in what somebody else wrote ends an erasure in part: it stays, is told, and does not come back by itself', async () => {
  const { who, other, id } = await mentioned();
  const missing = [
    'generations.prompt: 1 record with the address or a key of the person there, which others may have written',
  ];
  expect(await again(the.kept, id)).toMatchObject({ status: 'partly-fulfilled', missing });
  expect(await the.db.collection('generations').countDocuments({ userId: other.id })).toBe(1);
  expect(lastTo(who.address).replaceAll(/\s+/g, ' ')).toContain(missing[0]);
  const letters = lettersTo(who.address).length;
  for (let times = 0; times < 3; times += 1) await finish();
  expect(await again(the.kept, id)).toMatchObject({ status: 'partly-fulfilled', missing });
  expect(lettersTo(who.address)).toHaveLength(letters);
});

test('staff who ended it by hand look again: what is still there is named, and an erasure without anything left is complete', async () => {
  const { who, other, id, agent } = await mentioned();
  await expect(the.kept.requests.lookAgain(id, agent)).rejects.toMatchObject({
    code: 'REQUEST_CONFLICT',
    message: expect.stringContaining('generations.prompt: 1 record'),
  });
  await the.db.collection('generations').updateOne({ userId: other.id }, { $set: { prompt: 'a card' } });
  await the.kept.requests.lookAgain(id, agent);
  await finish();

  const ended = await again(the.kept, id);
  expect(ended).toMatchObject({ status: 'fulfilled', round: 2, residue: { found: 0 } });
  expect(ended).not.toHaveProperty('captured');
  expect(await findingOf(id)).toBeUndefined();
  const receipt = await receiptOf(id);
  expect(receiptFaults(receipt)).toEqual([]);
  expect([receipt.residue.found, receipt.notClaimed.some((each) => each.startsWith('Not done'))]).toEqual([0, false]);
  expect(lettersTo(who.address).at(-1)).not.toBe(lettersTo(who.address).at(-2));
  await expect(the.kept.requests.lookAgain(id, agent)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
});

test('where it lawfully stays staff say why: the case ends as it was told, and the identifiers are forgotten', async () => {
  const { id, agent, lead } = await mentioned();
  expect(await findingOf(id)).toMatchObject({ text: expect.stringContaining('say why it stays') });
  await expect(the.kept.requests.leaveAsItIs(id, lead, '')).rejects.toMatchObject({
    code: expect.stringMatching(/_INVALID$/),
  });
  await expect(the.kept.requests.leaveAsItIs(id, agent, 'It stays.')).rejects.toMatchObject({
    code: 'APPROVAL_REFUSED',
  });
  await the.kept.requests.leaveAsItIs(id, lead, 'what somebody else has to say, Art 17(3)(a) GDPR');
  const ended = await again(the.kept, id);
  expect([ended.status, ended.captured, await findingOf(id)]).toEqual(['partly-fulfilled', undefined, undefined]);
  await finish();
  await expect(the.kept.requests.lookAgain(id, agent)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
  await the.kept.evidence.sequence();
  const types = (await the.kept.evidence.entries({ kind: 'requests', id })).map(({ type }) => type);
  expect(types.at(-1)).toBe('ErasureLeftAsItIs');
});

test('what nobody ends is not kept for ever: staff are reminded, and after 90 days the identifiers are forgotten', async () => {
  const { id, agent } = await mentioned();
  const after = async (days: number) => {
    the.clock.forward({ days });
    await finish();
    await finish();
    return again(the.kept, id);
  };
  expect(await after(75)).toHaveProperty('captured');
  expect(await findingOf(id)).toMatchObject({ times: 1 });
  expect(await after(1)).toHaveProperty('captured');
  expect(await findingOf(id)).toMatchObject({ times: 2, text: expect.stringContaining('in 14 days') });

  const ended = await after(14);
  expect(ended).not.toHaveProperty('captured');
  expect(ended).toMatchObject({ status: 'partly-fulfilled', missing: [expect.stringContaining('generations.prompt')] });
  expect(await findingOf(id)).toMatchObject({ text: expect.stringContaining('is forgotten now') });
  await expect(the.kept.requests.lookAgain(id, agent)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
  await the.kept.evidence.sequence();
  const types = (await the.kept.evidence.entries({ kind: 'requests', id })).map(({ type }) => type);
  expect(types.at(-1)).toBe('CapturedIdentifiersForgotten');
});

test('an erasure that lacks nothing of that kind has nothing to look at again', async () => {
  const who = await aPerson(the, 'none@example.org', { videos: 1 });
  const id = await approvedErasure(the, the.kept, who.address);
  await finish();
  await expect(the.kept.requests.lookAgain(id, 'ada')).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
  expect(await again(the.kept, id)).not.toHaveProperty('captured');
});
