import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Disclosure } from '@kept/core';
import { type Scene, scene } from '../../support/scene.ts';
import { mara } from './gate.ts';

let the: Scene;
let subject: string;
beforeAll(async () => {
  the = await scene();
  ({ subject } = await mara(the));
});
afterEach(() => the.db.collection('kept_disclosures').deleteMany({}));
afterAll(() => the.close());

const pass = (body: unknown, more: object = { generation: 'g-1' }): Promise<unknown> =>
  the.kept.egress('fal-ai', { subject, ...more }).pass(body);

const onRecord = async (): Promise<Disclosure> => (await the.kept.disclosures.of(subject))[0] as Disclosure;

describe('the record', () => {
  test('is written before anything is handed back, with its event', async () => {
    await pass({ prompt: 'a boat' });
    const { _id } = await onRecord();
    await the.kept.evidence.sequence();
    const entries = await the.kept.evidence.entries({ kind: 'disclosures', id: _id });
    expect(entries.map(({ type }) => type)).toEqual(['DisclosureMade']);
  });

  test('is listed by recipient and time', async () => {
    await pass({ prompt: 'a boat' });
    const now = the.clock.now();
    const later = new Date(now.getTime() + 1);
    const list = the.kept.disclosures.list;
    expect(await list({ recipient: 'fal-ai', from: now, to: later })).toHaveLength(1);
    expect(await list({ recipient: 'creem' })).toEqual([]);
    expect(await list({ from: later })).toEqual([]);
    expect(await list({ to: now })).toEqual([]);
    await expect(list({ recipient: { $ne: '' } as never })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('counts the copy of the recipient down to its end', async () => {
    await pass({ prompt: 'a boat' });
    const { at, recipientKeepsUntil } = await onRecord();
    expect(Number(recipientKeepsUntil) - Number(at)).toBe(30 * 86_400_000);
    expect(await the.kept.disclosures.expire()).toEqual({ ended: 0 });
    the.clock.set(new Date(Number(recipientKeepsUntil)));
    expect(await the.kept.disclosures.expire()).toEqual({ ended: 1 });
    expect(await the.kept.disclosures.expire()).toEqual({ ended: 0 });
    expect((await onRecord()).copyEndedAt).toEqual(recipientKeepsUntil);
  });
});

test.each([
  ['a subject that looks like an operator', { subject: { $ne: null } }, 'SUBJECT_INVALID'],
  ['a generation that does', { generation: { $gt: '' } }, 'INPUT_INVALID'],
  ['a purpose of endless length', { purpose: 'x'.repeat(1e6) }, 'INPUT_INVALID'],
  ['a purpose that nobody knows', { purpose: 'service.nothing' }, 'QUESTION_INVALID'],
  ['a date that is none', { collected: 'yesterday' }, 'EGRESS_INVALID'],
])('%s is refused', async (_what, change, code) => {
  await expect(pass({ prompt: 'x' }, { generation: 'g', ...change })).rejects.toMatchObject({ code });
});

test('who does not say on whose behalf is refused', async () => {
  await expect(the.kept.egress('fal-ai', undefined as never).pass({})).rejects.toMatchObject({
    code: 'SUBJECT_INVALID',
  });
  await expect(the.kept.egress({ $ne: '' } as never, { subject }).pass({})).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
});
