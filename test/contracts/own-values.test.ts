import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadPack, type Policy } from '@kept/core';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { type House, house } from './house.ts';

const { ObjectId, Long, Decimal128 } = mongoose.mongo;
const at = new Date('2026-03-03T08:00:00Z');

let the: House;
let policy: Policy;
let source: PersonalDataSource;
beforeAll(async () => {
  policy = await loadPack('sdance-ai');
  the = await house();
  source = mongoData(
    () => the.db,
    () => policy,
  );
});
afterAll(() => the.close());

test('own values are those of account and payment fields in all collections, with the keys of their records, of nobody else', async () => {
  const ann = await the.user({
    email: 'ann@example.org',
    name: 'Ann Lee',
    identities: [{ email: 'a@provider.test' }],
    createdAt: at,
    plan: 'x',
  });
  const other = await the.user({ email: 'other@example.org', name: 'Other' });
  const key = await the.apiKey(ann);
  const payment = await the.payment(ann, at);
  await the.payment(other, at);
  await the.video({ userId: new ObjectId(ann), createdAt: at });
  await the.log(key, at);

  const values = (await source.ownValues(ann)).map(({ path, category, value }) => `${path} ${category} ${value}`);

  expect(values).toEqual(
    expect.arrayContaining([
      `subject account.identifier ${ann}`,
      'users.email account.contact ann@example.org',
      'users.identities[].email account.contact a@provider.test',
      'users.name account.profile Ann Lee',
      `apiKeys._id account.identifier ${key}`,
      `payments._id account.identifier ${payment}`,
      'payments.amount payment.record 900',
    ]),
  );
  expect(values.filter((line) => /other|createdAt|paidAt|generations|apiLogs|\.plan/i.test(line))).toEqual([]);
});

test('keys and large numbers of the database come as they are written, and somebody unknown has a key alone', async () => {
  const bo = await the.user({ _id: 'user-77', email: 'bo@example.org', name: Long.fromString('900719925474099267') });
  await the.db
    .collection<{ _id: string; userId: string; processorRef: unknown }>('payments')
    .insertOne({ _id: 'p-1', userId: bo, processorRef: Decimal128.fromString('12.50') });
  const values = new Map((await source.ownValues(bo)).map(({ path, value }) => [path, value]));
  expect(Object.fromEntries(values)).toMatchObject({
    subject: 'user-77',
    'users._id': 'user-77',
    'users.name': '900719925474099267',
    'payments._id': 'p-1',
    'payments.processorRef': '12.50',
  });
  expect(await source.ownValues('nobody')).toEqual([
    { path: 'subject', category: 'account.identifier', value: 'nobody' },
  ]);
});
