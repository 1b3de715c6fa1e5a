import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Kept, loadPack, type SetItem } from '@kept/core';
import express from 'express';
import mongoose from 'mongoose';
import request from 'supertest';
import { type Scene, scene } from '../support/scene.ts';
import { approved, confirmed, mail, twoStaff } from './case.ts';

let the: Scene;
let kept: Kept;

beforeAll(async () => {
  the = await scene({ policy: await loadPack('seedream4') });
  kept = the.kept;
  await twoStaff(kept);
});
afterAll(() => the.close());

async function visitor(email: string, country?: string): Promise<string> {
  const _id = new mongoose.mongo.ObjectId();
  const now = the.clock.now();
  await the.db.collection('visitors').insertOne({ _id, email, country, createdAt: now, seenAt: now });
  return String(_id);
}
const image = (subject: string, record: string): SetItem => ({
  subject,
  record,
  categories: ['generation.prompt', 'generation.output'],
});
async function train(set: string, items: readonly SetItem[]): Promise<string[]> {
  const used: string[] = [];
  for await (const { record } of kept.uses.build({ purpose: 'training', set, items })) used.push(record);
  return used;
}
async function mustGo(set: string): Promise<string[]> {
  const gone: string[] = [];
  for await (const { allowed, record } of kept.uses.stillAllowed(set)) if (!allowed) gone.push(record);
  return gone.sort();
}
const uses = (): Promise<object[]> => the.db.collection('kept_uses').find({ kind: 'use' }).toArray();

describe('training on what people make', () => {
  test('seedream4.consent.training-opt-out: goes on by silence where the law leaves it at that, waits for a yes elsewhere; an opt-out counts from the next decision on, and lists what was used before', async () => {
    const cal = await visitor('cal@example.org', 'US-CA');
    const dora = await visitor('dora@example.org', 'DE');
    const nobody = await visitor('no@example.org');
    const images = [image(cal, 'c1'), image(dora, 'd1'), image(nobody, 'n1'), image(cal, 'c2')];
    expect(await train('run 1', images)).toEqual(['c1', 'c2']);
    await kept.consents.give(dora, 'training', 'settings');
    expect(await train('run 2', images)).toEqual(['c1', 'd1', 'c2']);

    the.clock.forward({ days: 1 });
    const app = express().use('/privacy', kept.router({ subjectOf: () => cal }));
    const out = await request(app)
      .post('/privacy/consents')
      .set('Accept', 'application/json')
      .send({ flag: 'training', what: 'withdraw' });
    expect(out.body.usedBefore).toEqual([
      expect.objectContaining({ set: 'run 1', purpose: 'training', records: 2, since: '2026-03-03' }),
      expect.objectContaining({ set: 'run 2', purpose: 'training', records: 2, since: '2026-03-03' }),
    ]);
    const { outcome } = await kept.decide({ subject: cal, purpose: 'training', category: 'generation.output' });
    expect(outcome).toBe('forbidden');
    expect(await train('run 3', images)).toEqual(['d1']);
    expect([await mustGo('run 1'), await mustGo('run 2')]).toEqual([
      ['c1', 'c2'],
      ['c1', 'c2'],
    ]);
  });

  test('by somebody who is erased since: the run knows what must go, and no longer whose it was; the hash goes by its rule', async () => {
    const eve = await visitor('eve@example.org', 'US-CA');
    await train('run 4', [image(eve, 'e1'), image(eve, 'e2')]);
    await mail(kept, 'eve@example.org', 'Please delete everything you have about me.');
    const { _id } = await confirmed(the, kept, 'eve@example.org');
    await kept.requests.advance();
    await approved(kept, _id);
    await kept.requests.advance();

    const left = (await uses()).filter((use) => 'erasedAt' in use);
    expect(left).toHaveLength(2);
    expect(JSON.stringify(left)).not.toContain(eve);
    expect(left).toEqual(expect.arrayContaining([expect.objectContaining({ record: 'e1', mark: expect.any(String) })]));
    expect(await mustGo('run 4')).toEqual(['e1', 'e2']);
    expect((await kept.uses.of(eve)).total).toBe(0);

    the.clock.set(new Date('2029-12-30T12:00:00Z'));
    await kept.retention.sweep({ rule: 'training-uses' });
    expect((await uses()).length).toBeGreaterThan(0);
    the.clock.set(new Date('2030-01-01T12:00:00Z'));
    await kept.retention.sweep({ rule: 'training-uses' });
    expect(await uses()).toEqual([]);
  });
});

test('where no rule keeps it, an erasure leaves of a use only that the record must go from the set', async () => {
  const other = await scene();
  try {
    await twoStaff(other.kept);
    const _id = new mongoose.mongo.ObjectId();
    await other.db.collection('users').insertOne({ _id, email: 'flo@example.org', createdAt: other.clock.now() });
    const flo = String(_id);
    await other.kept.consents.give(flo, 'training', 'settings');
    for await (const _ of other.kept.uses.build({ purpose: 'training', set: 'run', items: [image(flo, 'f1')] }));

    await mail(other.kept, 'flo@example.org', 'Please delete everything you have about me.');
    const request = await confirmed(other, other.kept, 'flo@example.org');
    await other.kept.requests.advance();
    await approved(other.kept, request._id);
    await other.kept.requests.advance();

    const lines: object[] = [];
    for await (const line of other.kept.uses.stillAllowed('run')) lines.push(line);
    expect(lines).toEqual([
      expect.objectContaining({ record: 'f1', subject: null, allowed: false, because: ['the person was erased'] }),
    ]);
    expect(await other.kept.uses.taken('run', ['f1'], 'staff-1')).toEqual({ taken: 1 });
    expect(await other.db.collection('kept_uses').countDocuments({ kind: 'use' })).toBe(0);
  } finally {
    await other.close();
  }
});
