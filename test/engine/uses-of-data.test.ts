import { afterAll, describe, expect, test } from '@jest/globals';
import type { Kept, Policy } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { scene } from '../support/scene.ts';
import { unreadable } from '../support/unreadable.ts';

const the = await scene();
const { kept } = the;
afterAll(() => the.close());

interface Item {
  subject: string;
  record: string;
  categories: string[];
}
const item = (subject: string, record: string): Item => ({
  subject,
  record,
  categories: ['generation.prompt', 'generation.output'],
});
const built = async (set: string, items: Iterable<Item> | AsyncIterable<Item>): Promise<string[]> => {
  const records: string[] = [];
  for await (const { record } of kept.uses.build({ purpose: 'training', set, items })) records.push(record);
  return records;
};
const agree = async (subject: string): Promise<void> => {
  await kept.consents.give(subject, 'training', 'settings');
  the.clock.forward({ seconds: 1 });
};
const letTrain = (recipient: Policy['recipients'][number]): typeof recipient => ({ ...recipient, trainsOnData: true });
const mustGo = async (set: string): Promise<string[]> => {
  const records: string[] = [];
  for await (const line of kept.uses.stillAllowed(set)) if (!line.allowed) records.push(line.record);
  return records.sort();
};
const lines = async (set: string): Promise<object[]> => {
  const all: object[] = [];
  for await (const line of kept.uses.manifest(set)) all.push(line);
  return all;
};

describe('a set to train on', () => {
  test('sdance-ai.never.training-without-consent: holds only what was agreed to, one by one and by version; a no is heeded by the next item, and takes out of the set what went in; the provider needs a yes of its own', async () => {
    for (const subject of ['ann', 'bo']) await agree(subject);
    await kept.consents.give('di', 'provider-training', 'settings');
    async function* items(): AsyncGenerator<Item> {
      yield item('ann', 'a1');
      yield item('cy', 'c1');
      yield item('di', 'd1');
      yield item('bo', 'b1');
      await kept.consents.withdraw('bo', 'training', 'settings');
      the.clock.forward({ seconds: 1 });
      yield item('bo', 'b2');
      yield item('ann', 'a2');
    }
    expect(await built('march', items())).toEqual(['a1', 'b1', 'a2']);
    expect(await lines('march')).toHaveLength(3);
    expect(await lines('march')).toContainEqual({
      subject: expect.stringMatching(/^[0-9a-f]{64}$/),
      record: 'a1',
      categories: ['generation.prompt', 'generation.output'],
      at: expect.any(Date),
      version: 1,
      flags: [{ flag: 'training', version: 1 }],
    });

    expect(await mustGo('march')).toEqual(['b1']);
    await kept.consents.withdraw('ann', 'training', 'settings');
    expect(await mustGo('march')).toEqual(['a1', 'a2', 'b1']);
    expect(await kept.uses.taken('march', ['a1', 'a2', 'b1'], 'staff-1')).toEqual({ taken: 3 });
    expect([await mustGo('march'), await lines('march')]).toEqual([[], []]);

    // Where a provider's agreement does not forbid training, to send it content is to let it train.
    await agree('ann');
    const sent = { subject: 'ann', purpose: 'service.generation', category: 'generation.prompt', generation: 'g1' };
    const provider = kept.policy.recipients.find(({ kind }) => kind === 'model-provider')?.name ?? '';
    const trains = await the.restart({ policy: { ...kept.policy, recipients: kept.policy.recipients.map(letTrain) } });
    const answer = async (by: Kept): Promise<string> => (await by.decide({ ...sent, recipient: provider })).outcome;
    expect([await answer(kept), await answer(trains)]).toEqual(['permitted', 'forbidden']);
    await kept.consents.give('ann', 'provider-training', 'settings');
    expect(await answer(trains)).toBe('permitted');
  });

  test('is the same after a second build: what was handed out is handed out again, and written down once', async () => {
    await agree('eve');
    const items = [item('eve', 'e1'), item('eve', 'e2')];
    expect(await built('april', items)).toEqual(['e1', 'e2']);
    const before = await lines('april');
    the.clock.forward({ days: 1 });
    expect(await built('april', items)).toEqual(['e1', 'e2']);
    expect(await lines('april')).toEqual(before);
  });

  test('knows a record again that was taken out and goes in anew, and one that brings more with it', async () => {
    await agree('joy');
    const more = { ...item('joy', 'j1'), categories: ['generation.prompt', 'generation.reference'] };
    await built('may again', [item('joy', 'j1')]);
    await built('may again', [more]);
    const all = ['generation.prompt', 'generation.output', 'generation.reference'];
    expect(await lines('may again')).toEqual([expect.objectContaining({ categories: all, version: 1 })]);

    await kept.uses.taken('may again', ['j1'], 'staff-1');
    expect(await lines('may again')).toEqual([]);
    expect(await built('may again', [more])).toEqual(['j1']);
    const flags = [{ flag: 'training', version: 1 }];
    expect(await lines('may again')).toEqual([
      expect.objectContaining({ categories: more.categories, version: 1, flags }),
    ]);
    await kept.consents.withdraw('joy', 'training', 'settings');
    expect(await mustGo('may again')).toEqual(['j1']);
  });

  test('left in the middle says so in the evidence; a whole one has the digest of its manifest there', async () => {
    await agree('flo');
    for await (const _ of kept.uses.build({
      purpose: 'training',
      set: 'cut',
      items: [item('flo', 'f1'), item('flo', 'f2')],
    }))
      break;
    await built('whole', [item('flo', 'f1')]);
    await kept.evidence.sequence();
    const entries = (await kept.evidence.entries()).filter(({ type }) => type === 'SetBuilt');
    const details = await the.db
      .collection('kept_evidenceDetails')
      .find({ _id: { $in: entries.map(({ _id }) => _id as never) } })
      .toArray();
    const told = new Map(details.map(({ details: each }) => [each.set, each]));
    expect(told.get('cut')).toMatchObject({ used: 1, complete: false, lines: 1 });
    expect(told.get('whole')).toMatchObject({
      used: 1,
      complete: true,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(details)).not.toContain('flo');
  });

  test('leaves out whom nobody can tell of, and a finding says so', async () => {
    await agree('gus');
    const users = the.db.collection('users');
    await users.insertOne({ _id: 'gus' as never, country: 'DE' });
    const other = await the.restart({ data: { db: unreadable(the.db) }, control: { db: the.db } });
    const records: string[] = [];
    for await (const { record } of other.uses.build({ purpose: 'training', set: 'may', items: [item('gus', 'g1')] }))
      records.push(record);
    expect(records).toEqual([]);
    const codes = (await kept.findings.open()).map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['USE_UNDETERMINED', 'FACTS_NOT_LOADED']));
  });

  test.each([
    [{ ...item('ann', 'x'), subject: { $ne: '' } }, 'SUBJECT_INVALID'],
    [{ ...item('ann', 'x'), record: { $gt: '' } }, 'INPUT_INVALID'],
    [{ ...item('ann', 'x'), categories: [] }, 'USE_INVALID'],
    [{ ...item('ann', 'x'), categories: ['generation.everything'] }, 'USE_INVALID'],
    [null, 'SUBJECT_INVALID'],
  ])('takes no item that is none: %j', async (wrong, code) => {
    await expect(built('wrong', [wrong as never])).rejects.toMatchObject({ code });
  });

  test('serves one purpose, of the vocabulary', async () => {
    await built('one', []);
    const other = kept.uses.build({ purpose: 'improvement', set: 'one', items: [] });
    await expect(other[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'USE_CONFLICT' });
    const none = kept.uses.build({ purpose: 'everything', set: 'two', items: [] });
    await expect(none[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'USE_INVALID' });
  });
});

describe('what data was used for', () => {
  test('is shown to the person, and told to whoever withdraws (part of seedream4.consent.training-opt-out)', async () => {
    await agree('hal');
    await built('june', [item('hal', 'h1'), item('hal', 'h2')]);
    await kept.uses.record({
      subject: 'hal',
      purpose: 'analytics.usage',
      categories: ['usage.interaction'],
      records: ['u1'],
      set: 'figures of June',
    });
    const app = express().use('/privacy', kept.router({ subjectOf: () => 'hal' }));
    expect((await request(app).get('/privacy').set('Accept', 'text/html')).text).toContain(
      '2 of your records, in “june”',
    );

    const answer = await request(app)
      .post('/privacy/consents')
      .set('Accept', 'application/json')
      .send({ flag: 'training', what: 'withdraw' });
    expect(answer.body.usedBefore).toEqual([
      { set: 'june', purpose: 'training', label: expect.any(String), records: 2, since: '2026-03-04' },
    ]);
    the.clock.forward({ seconds: 1 });
    const now = the.clock.now();
    expect((await kept.uses.of('hal', { purpose: 'training', before: now })).total).toBe(2);
    expect((await kept.uses.of('hal', { before: new Date(now.getTime() - 86_400_000) })).total).toBe(0);
    expect((await kept.uses.of('ann', { purpose: 'analytics.usage' })).total).toBe(0);
  });

  test.each([
    [{ before: { $gt: '' } }],
    [{ limit: Number.NaN }],
    [{ skip: -1 }],
    [{ limit: 0 }],
    [{ purpose: { $ne: '' } }],
  ])('is not asked for with %j', async (wrong) => {
    await expect(kept.uses.of('ann', wrong as never)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('work that was skipped is in the evidence of the person’s choices, each occasion once', async () => {
    const skip = {
      subject: 'ivy',
      purpose: 'training',
      category: 'generation.output',
      occasion: 'train 7',
      because: [],
    };
    await agree('ivy');
    await kept.uses.skipped(skip);
    await kept.uses.skipped(skip);
    await kept.evidence.sequence();
    await kept.uses.skipped(skip);
    await kept.evidence.sequence();
    const entries = (await kept.evidence.entries()).filter(({ type }) => type === 'UseSkipped');
    expect(entries).toEqual([expect.objectContaining({ aggregate: expect.objectContaining({ kind: 'consents' }) })]);
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });

    // Of somebody who has left, nothing is written down anew.
    await kept.uses.skipped({ ...skip, subject: 'jim' });
    expect(await the.db.collection('kept_consents').countDocuments({ subject: 'jim' })).toBe(0);
  });
});
