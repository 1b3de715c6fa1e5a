import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPack, type Policy } from '@kept/core';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import type { Collection } from '../../packages/core/src/kernel/policy/inventory.ts';
import { type House, house } from './house.ts';

const { ObjectId } = mongoose.mongo;
const ANN = String(new ObjectId());
const BEN = String(new ObjectId());
let the: House;
let source: PersonalDataSource;

const plain = { anchors: {}, predicates: {} };
const field = (path: string, more: object = {}): Collection['fields'][number] => ({
  path,
  category: 'account.profile',
  export: 'always',
  ...more,
});
/** Nested lists of one person's records, elements that are a person's in a shared record, and what is stored as texts. */
const collections: Collection[] = [
  {
    ...plain,
    name: 'profiles',
    subject: { by: 'reference', field: 'userId' },
    fields: [field('name'), field('cards[].lines[].name'), field('bornAt'), field('blob', { stored: 'base64-json' })],
  },
  {
    ...plain,
    name: 'teams',
    subject: { by: 'reference', field: 'members[].userId' },
    fields: [field('members[].name'), field('title')],
  },
];

beforeAll(async () => {
  const policy = await loadPack('sdance-ai');
  const inventory = { ...policy.inventory, collections: [...policy.inventory.collections, ...collections] };
  the = await house();
  source = mongoData(
    () => the.db,
    (): Policy => ({ ...policy, inventory }),
  );
});
afterAll(() => the.close());

const change = { from: 'Mara', to: 'Maja', limit: 100 };

async function stored(name: string, document: object): Promise<() => Promise<object | null>> {
  const { insertedId } = await the.db.collection(name).insertOne(document);
  return () => the.db.collection(name).findOne({ _id: insertedId }, { projection: { _id: 0 } });
}

describe('a value is corrected in place', () => {
  test('in lists within lists, in any case of letters, and nothing else in the record', async () => {
    const cards = [
      { lines: [{ name: 'mara ' }, { name: 'Mara2' }] },
      { lines: 'none' },
      { lines: [{ name: 'MARA', n: 1 }] },
    ];
    const read = await stored('profiles', { userId: ANN, name: 'x', cards });
    const at = { collection: 'profiles', field: 'cards[].lines[].name' };
    expect(await source.valuesOf(ANN, at, 10)).toMatchObject({ values: ['mara ', 'Mara2', 'MARA'] });
    expect(await source.countHolding(ANN, at, 'Mara')).toBe(1);
    expect(await source.correct(ANN, { ...at, ...change })).toBe(1);
    expect(await source.correct(ANN, { ...at, ...change })).toBe(0);
    expect(await read()).toEqual({
      userId: ANN,
      name: 'x',
      cards: [{ lines: [{ name: 'Maja' }, { name: 'Mara2' }] }, { lines: 'none' }, { lines: [{ name: 'Maja', n: 1 }] }],
    });
  });

  test('in the elements that are theirs, and not in those of somebody else who has the same', async () => {
    const members = [
      { userId: BEN, name: 'Mara' },
      { userId: ANN, name: 'Mara' },
    ];
    const read = await stored('teams', { title: 'Mara', members });
    expect(await source.correct(ANN, { collection: 'teams', field: 'members[].name', ...change })).toBe(1);
    expect(await source.correct(ANN, { collection: 'teams', field: 'title', ...change })).toBe(0);
    const [ben] = members;
    expect(await read()).toEqual({ title: 'Mara', members: [ben, { userId: ANN, name: 'Maja' }] });
  });

  test('as it is stored: an instant stays one, and a text of JSON in base64 too', async () => {
    const blob = Buffer.from('"Mara"').toString('base64');
    const read = await stored('profiles', { userId: BEN, bornAt: new Date('1990-01-02T00:00:00Z'), blob });
    const to = '1991-02-03T00:00:00.000Z';
    const born = { collection: 'profiles', field: 'bornAt', from: '1990-01-02T00:00:00.000Z', to, limit: 1 };
    expect(await source.correct(BEN, born)).toBe(1);
    expect(await source.correct(BEN, { collection: 'profiles', field: 'blob', ...change })).toBe(1);
    const expected = Buffer.from('"Maja"').toString('base64');
    expect(await read()).toEqual({ userId: BEN, bornAt: new Date(to), blob: expected });
  });

  test('of many records, so many at a time, until none is left', async () => {
    const cid = String(new ObjectId());
    await the.db.collection('profiles').insertMany(Array.from({ length: 5 }, () => ({ userId: cid, name: 'Mara' })));
    const rounds = [];
    const at = { collection: 'profiles', field: 'name' };
    for (let n = 0; n < 4; n += 1) rounds.push(await source.correct(cid, { ...at, ...change, limit: 2 }));
    expect(rounds).toEqual([2, 2, 1, 0]);
  });

  test('where nothing stands, and only in the record that was named', async () => {
    const dan = String(new ObjectId());
    const { insertedIds } = await the.db.collection('profiles').insertMany([{ userId: dan }, { userId: dan }]);
    const at = { collection: 'profiles', field: 'name', record: String(insertedIds[1]) };
    expect(await source.correct(dan, { ...at, from: null, to: 'Maja', limit: 9 })).toBe(1);
    expect(await source.correct(dan, { ...at, from: null, to: 'Other', limit: 9 })).toBe(0);
    const names = await the.db.collection('profiles').find({ userId: dan }).sort({ _id: 1 }).toArray();
    expect(names.map(({ name }) => name)).toEqual([undefined, 'Maja']);
  });
});
