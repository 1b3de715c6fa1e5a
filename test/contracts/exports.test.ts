import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { type House, house } from './house.ts';

const { Binary, Decimal128, Long, ObjectId } = mongoose.mongo;

let the: House;
let source: PersonalDataSource;
beforeAll(async () => {
  const policy = await loadPack('sdance-ai');
  the = await house();
  source = mongoData(
    () => the.db,
    () => policy,
  );
});
afterAll(() => the.close());

test('an export holds the fields that were asked for and no others, those in lists included', async () => {
  const ann = await the.user({ email: 'ann@example.org', extra: 'not in the inventory' });
  const identities = [{ provider: 'p', email: 'ann@provider.test', token: 'x' }];
  await the.db.collection('users').updateOne({ _id: new ObjectId(ann) }, { $set: { identities } });
  const { records } = await source.exportOf(ann, 'users', ['email', 'identities[].email', 'no.such'], 10);
  expect(records).toEqual([
    { id: ann, fields: { email: 'ann@example.org', identities: [{ email: 'ann@provider.test' }] } },
  ]);
  expect((await source.exportOf(ann, 'users', [], 10)).records).toEqual([{ id: ann, fields: {} }]);
});

test('what is never exported is not, though it is asked for', async () => {
  const bo = await the.user({ email: 'bo@example.org' });
  const key = await the.apiKey(bo);
  const { records } = await source.exportOf(bo, 'apiKeys', ['hash', 'name'], 10);
  expect(records).toEqual([{ id: String(key), fields: {} }]);
});

test('a page of large records ends early, and none is left out', async () => {
  const cy = new ObjectId(await the.user({ email: 'cy@example.org' }));
  const films = Array.from({ length: 12 }, () => ({ userId: cy, prompt: 'x'.repeat(1_000_000) }));
  await the.db.collection('generations').insertMany(films);
  const sizes: number[] = [];
  for (let after: unknown, isOver = false; !isOver; ) {
    const { records, next } = await source.exportOf(cy.toHexString(), 'generations', ['prompt'], 500, after);
    sizes.push(records.length);
    after = next;
    isOver = next === undefined;
  }
  expect(Math.max(...sizes)).toBeLessThanOrEqual(5);
  expect(sizes.reduce((sum, each) => sum + each, 0)).toBe(films.length);
});

test('an export comes page by page, each record once, and of nobody else', async () => {
  const [cy, other] = [await the.user({ email: 'cy@example.org' }), await the.user({ email: 'di@example.org' })];
  const mine = [];
  for (let n = 0; n < 5; n += 1) {
    mine.push(await the.video({ userId: new ObjectId(cy), prompt: `p${n}` }));
    await the.video({ userId: new ObjectId(other), prompt: 'theirs' });
  }
  const prompts: unknown[] = [];
  for (let after: unknown; ; ) {
    const page = await source.exportOf(cy, 'generations', ['prompt'], 2, after);
    prompts.push(...page.records.map(({ fields }) => (fields as { prompt: string }).prompt));
    if (page.next === undefined) break;
    // A cursor is stored between two pages.
    after = page.next;
  }
  expect(prompts).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
  const logs = await source.exportOf(cy, 'apiLogs', ['path'], 10);
  expect(logs.records).toEqual([]);
});

test('values come as JSON can say them', async () => {
  const eve = await the.user({
    email: 'eve@example.org',
    name: { bytes: new Binary(Buffer.from('hi')), big: Long.fromString('9007199254740993') },
    country: Decimal128.fromString('1.10'),
    birthYear: null,
    createdAt: new Date('2026-03-03T08:00:00Z'),
  });
  const paths = ['name', 'country', 'birthYear', 'createdAt'];
  const { records } = await source.exportOf(eve, 'users', paths, 10);
  expect(JSON.parse(JSON.stringify(records[0]?.fields))).toEqual({
    name: { bytes: 'aGk=', big: '9007199254740993' },
    country: '1.10',
    birthYear: null,
    createdAt: '2026-03-03T08:00:00.000Z',
  });
});
