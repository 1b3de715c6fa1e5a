import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { type Elements, withoutElements, withoutFields } from '../../packages/core/src/adapters/data/elements.ts';
import { aDatabase } from './aDatabase.ts';

const { Double, Long, ObjectId } = mongoose.mongo;
const [ann, bo] = [new ObjectId(), new ObjectId()];
const threads: Elements = { list: 'threads[].posts[]', key: 'by' };
const members: Elements = { list: 'house.members[]', key: 'user.id' };

let the: Awaited<ReturnType<typeof aDatabase>>;
beforeAll(async () => {
  the = await aDatabase();
});
afterAll(() => the.close());

async function after(record: object, update: object[]): Promise<unknown> {
  const records = the.db.collection('records');
  const { insertedId } = await records.insertOne({ ...record });
  await records.updateOne({ _id: insertedId }, update);
  const { _id, ...left } = (await records.findOne({ _id: insertedId }, { promoteValues: false })) ?? {};
  return left;
}

const text = (value: unknown): string => mongoose.mongo.BSON.EJSON.stringify(value as object, { relaxed: false });
const same = async (record: object, update: object[], expected: object): Promise<void> =>
  expect(text(await after(record, update))).toBe(text(await after(expected, [{ $set: { _x: '$$REMOVE' } }])));

test('elements of one person go out of nested lists, and what others wrote stays as it was, to the byte', async () => {
  const other = { by: bo, text: 'mine', n: new Double(5), big: Long.fromString('9007199254740993'), nil: null };
  await same(
    {
      title: 't',
      threads: [{ no: 1, posts: [{ by: ann, text: 'x' }, other] }, { no: 2 }, { posts: [{ by: ann }] }, 'odd', null],
    },
    withoutElements(threads, [ann, String(ann)]),
    { title: 't', threads: [{ no: 1, posts: [other] }, { no: 2 }, { posts: [] }, 'odd', null] },
  );
});

test('a list in an object, a key in an object, and lists of keys alone', async () => {
  await same(
    { house: { no: 3, members: [{ user: { id: ann, role: 'r' } }, { user: { id: bo } }, { user: null }, 7] } },
    withoutElements(members, [ann]),
    { house: { no: 3, members: [{ user: { id: bo } }, { user: null }, 7] } },
  );
  await same({ shared: [ann, bo, String(ann)] }, withoutElements({ list: 'shared[]', key: '' }, [ann, String(ann)]), {
    shared: [bo],
  });
  await same({ shared: 'none' }, withoutElements({ list: 'shared[]', key: '' }, [ann]), { shared: 'none' });
  await same({ a: 1 }, withoutElements(threads, [ann]), { a: 1 });
});

test('fields go out of the elements of one person alone', async () => {
  await same(
    { house: { members: [{ user: { id: ann, name: 'Ann' }, since: 1 }, { user: { id: bo, name: 'Bo' } }, 'odd'] } },
    withoutFields(members, [ann], ['house.members[].user.name', 'house.members[].since']),
    { house: { members: [{ user: { id: ann } }, { user: { id: bo, name: 'Bo' } }, 'odd'] } },
  );
  await same(
    {
      threads: [
        {
          posts: [
            { by: ann, text: 'x' },
            { by: bo, text: 'y' },
          ],
        },
      ],
    },
    withoutFields(threads, [ann], ['threads[].posts[].by']),
    { threads: [{ posts: [{ text: 'x' }, { by: bo, text: 'y' }] }] },
  );
});
