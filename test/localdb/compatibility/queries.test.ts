import { expect } from '@jest/globals';
import { BSON, type Document, Double, Int32, Long, ObjectId } from 'mongodb';
import { compatibility, item, numbered } from './support/scene.ts';

const { fresh } = compatibility('queries');
const { Binary, Decimal128, Timestamp, UUID } = BSON;

item('estimatedDocumentCount exact right after insert', async () => {
  const things = fresh();
  await things.insertMany(numbered(21, (i) => ({ i })));

  expect(await things.estimatedDocumentCount()).toBe(21);
});

item('find sort/skip/limit/projection (incl, excl, $slice, $elemMatch, expr)', async () => {
  const things = fresh();
  await things.insertMany(
    numbered(10, (i) => ({ _id: i, a: i % 3, b: { c: i }, l: [1, 2, 3], e: [{ k: i }, { k: 99 }] })),
  );
  const third = (projection: Document): Promise<unknown> => things.findOne({ _id: 3 }, { projection });

  expect(await things.find().sort({ a: -1, _id: 1 }).skip(1).limit(3).project({ a: 1 }).toArray()).toEqual([
    { _id: 5, a: 2 },
    { _id: 8, a: 2 },
    { _id: 1, a: 1 },
  ]);
  expect(await third({ l: 0, e: 0, a: 0 })).toEqual({ _id: 3, b: { c: 3 } });
  expect(await third({ l: { $slice: -1 }, e: { $elemMatch: { k: 99 } }, 'b.c': 1 })).toEqual({
    ...{ _id: 3, b: { c: 3 }, l: [3], e: [{ k: 99 }] },
  });
  expect(await third({ x: { $add: ['$a', '$b.c'] } })).toEqual({ _id: 3, x: 3 });
});

item('query operators ($or,$in,$nin,$regex,$exists,$type,$all,$size,$elemMatch,$expr,$not,$mod,dotted)', async () => {
  const things = fresh();
  await things.insertMany([
    { _id: 1, s: 'Abc', n: 1, l: [1, 2], o: [{ a: 1, b: 2 }] },
    {
      _id: 2,
      s: 'xbc',
      n: 20,
      l: [2, 3, 4],
      o: [
        { a: 1, b: 3 },
        { a: 2, b: 2 },
      ],
      z: null,
    },
    { _id: 3, n: 5.5, d: new Date(0) },
  ]);
  const rows: [Document, number[]][] = [
    [{ $or: [{ n: 1 }, { s: /^x/ }] }, [1, 2]],
    [{ s: { $regex: '^a', $options: 'i' } }, [1]],
    [{ n: { $in: [1, 5.5] } }, [1, 3]],
    [{ n: { $nin: [1] } }, [2, 3]],
    [{ z: null }, [1, 2, 3]],
    [{ z: { $exists: true } }, [2]],
    [{ s: { $type: 'string' } }, [1, 2]],
    [{ l: { $all: [2, 3] } }, [2]],
    [{ l: { $size: 2 } }, [1]],
    [{ o: { $elemMatch: { a: 1, b: 2 } } }, [1]],
    [{ 'o.b': 3 }, [2]],
    [{ $expr: { $gt: ['$n', { $size: { $ifNull: ['$l', []] } }] } }, [2, 3]],
    [{ n: { $not: { $gt: 5 } } }, [1]],
    [{ n: { $mod: [4, 0] } }, [2]],
    [{ l: 3 }, [2]],
    [{ 'l.0': 1 }, [1]],
    [{ d: { $type: 'date' } }, [3]],
    [{ _id: { $type: 'number' } }, [1, 2, 3]],
  ];

  for (const [filter, expected] of rows) {
    const found = await things.find(filter).sort({ _id: 1 }).toArray();
    expect({ filter, found: found.map(({ _id }) => _id) }).toEqual({ filter, found: expected });
  }
});

item('$type objectId / int / long / double fidelity', async () => {
  const things = fresh();
  await things.insertOne({ _id: new ObjectId(), i: new Int32(1), l: Long.fromNumber(2), d: new Double(3) });

  const types = { _id: { $type: 'objectId' }, i: { $type: 'int' }, l: { $type: 'long' }, d: { $type: 'double' } };
  expect(await things.countDocuments(types)).toBe(1);
});

item('BSON types round trip', async () => {
  const things = fresh();
  const sent = {
    ...{ _id: new ObjectId(), long: Long.fromString('9007199254740993'), decimal: Decimal128.fromString('0.1') },
    ...{
      bytes: new Binary(Buffer.from([1, 2]), 0),
      uuid: new UUID(),
      stamp: new Timestamp({ t: 1, i: 2 }),
      pattern: /a/i,
    },
    ...{
      nothing: null,
      date: new Date(123),
      negative: -0.5,
      big: 1e300,
      text: 'é😀\u0000x',
      list: [1, [2]],
      object: { z: 1, a: 2 },
    },
  };
  await things.insertOne(sent);

  const got = (await things.findOne({}, { promoteLongs: false })) as Document;

  expect(String(got.long)).toBe('9007199254740993');
  expect(String(got.decimal)).toBe('0.1');
  expect([...got.bytes.buffer]).toEqual([1, 2]);
  expect(String(got.uuid)).toBe(String(sent.uuid));
  expect(got.stamp.equals(sent.stamp)).toBe(true);
  expect(String(got.pattern)).toBe('/a/i');
  expect(got.nothing).toBeNull();
  expect(got.date).toEqual(sent.date);
  expect([got.negative, got.big, got.text]).toEqual([-0.5, 1e300, sent.text]);
  expect(Object.keys(got.object)).toEqual(['z', 'a']);
});

item('sort across mixed types follows BSON order', async () => {
  const things = fresh();
  await things.insertMany([
    ...[
      { _id: 1, v: 'a' },
      { _id: 2, v: 1 },
      { _id: 3, v: null },
      { _id: 4, v: new Date() },
    ],
    ...[{ _id: 5, v: new ObjectId() }, { _id: 6, v: true }, { _id: 7, v: { a: 1 } }, { _id: 8 }],
  ]);

  const order = (await things.find().sort({ v: 1, _id: 1 }).toArray()).map(({ _id }) => _id);

  expect(order).toEqual([3, 8, 2, 1, 7, 5, 6, 4]);
});

item('16 MB document', async () => {
  const things = fresh();
  await things.insertOne({ _id: 1, s: 'x'.repeat(15.5e6) });

  expect((await things.findOne())?.s).toHaveLength(15.5e6);
});

item('collation strength 2 (case-insensitive find)', async () => {
  const people = fresh();
  await people.insertMany([{ n: 'Bob' }, { n: 'bob' }]);

  expect(await people.find({ n: 'BOB' }, { collation: { locale: 'en', strength: 2 } }).toArray()).toHaveLength(2);
});

item('text index + $text', async () => {
  const texts = fresh();
  await texts.createIndex({ s: 'text' });
  await texts.insertMany([{ s: 'quick brown fox' }, { s: 'lazy dog' }]);

  expect(await texts.find({ $text: { $search: 'fox' } }).toArray()).toHaveLength(1);
});

item('2dsphere $near', async () => {
  const places = fresh();
  await places.createIndex({ g: '2dsphere' });
  const at = (x: number, y: number): Document => ({ type: 'Point', coordinates: [x, y] });
  await places.insertMany([
    { _id: 1, g: at(0, 0) },
    { _id: 2, g: at(10, 10) },
  ]);

  const near = await places.find({ g: { $near: { $geometry: at(1, 1), $maxDistance: 300_000 } } }).toArray();

  expect(near.map(({ _id }) => _id)).toEqual([1]);
});

item('maxTimeMS aborts a slow query (50)', async () => {
  const things = fresh();
  await things.insertMany(numbered(2000, (i) => ({ _id: i })));
  const product = { $mod: [{ $multiply: ['$_id', '$$i'] }, 7] };
  const slow = {
    from: things.collectionName,
    let: { i: '$_id' },
    pipeline: [{ $match: { $expr: { $lt: [product, 3] } } }, { $count: 'n' }],
    as: 'x',
  };

  await expect(things.aggregate([{ $lookup: slow }], { maxTimeMS: 50 }).toArray()).rejects.toMatchObject({ code: 50 });
});

item('$where / $function (server-side JS)', async () => {
  const things = fresh();
  await things.insertMany([{ a: 1 }, { a: 2 }]);

  expect(await things.find({ $where: 'this.a > 1' }).toArray()).toHaveLength(1);
});
