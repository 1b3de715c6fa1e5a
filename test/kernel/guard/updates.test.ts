import { beforeAll, describe, expect, test } from '@jest/globals';
import { Binary, Code, Decimal128, Long } from 'mongodb';
import { loadPack } from '../../../packages/core/src/adapters/policy/loadPack.ts';
import { guardUpdate } from '../../../packages/core/src/kernel/guard/guardUpdate.ts';
import { guardUpsert } from '../../../packages/core/src/kernel/guard/guardUpsert.ts';
import { lookAt } from '../../../packages/core/src/kernel/guard/look.ts';
import { lookAtRecord } from '../../../packages/core/src/kernel/guard/lookThrough.ts';
import { type WriteRules, writeRules } from '../../../packages/core/src/kernel/guard/writeRules.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';

const CARD = '4111111111111111';
const HASH = `scrypt:${'a'.repeat(22)}:${'b'.repeat(43)}`;

let policy: Policy;

beforeAll(async () => {
  policy = await loadPack('sdance-ai');
});

function rulesFor(unlisted: WriteRules['unlisted'] = 'refuse'): WriteRules {
  const users = policy.inventory.collections.find(({ name }) => name === 'users');
  if (!users) throw new Error('The pack has no users');
  return { ...writeRules(policy, users, () => 'enforce'), unlisted };
}

const update = (given: unknown, unlisted?: WriteRules['unlisted']): unknown =>
  guardUpdate(lookAt(rulesFor(unlisted)), given);

describe('operators', () => {
  test.each<[string, object]>([
    ['$set', { $set: { name: 'Mara', 'identities.0.email': 'm@example.org' } }],
    ['every element', { $set: { 'identities.$[].provider': 'x' } }],
    ['a named element', { $set: { 'identities.$[one].provider': 'x', 'identities.$.email': 'y' } }],
    ['$push', { $push: { identities: { provider: 'x', email: 'm@example.org' } } }],
    ['$push of each', { $push: { identities: { $each: [{ provider: 'x' }], $slice: 5, $position: 0 } } }],
    ['$addToSet', { $addToSet: { identities: { provider: 'x' } } }],
    ['$inc and $currentDate', { $inc: { birthYear: 1 }, $currentDate: { seenAt: true } }],
    ['$unset of what nobody named', { $unset: { nickname: 1 } }],
    ['$pull', { $pull: { nicknames: 'M' }, $pop: { identities: 1 } }],
    ['$rename to a named field', { $rename: { nickname: 'name' } }],
    ['a hash', { $set: { passwordHash: HASH } }],
  ])('%s passes as it is', (_, given) => {
    expect(update(given)).toEqual(given);
  });

  test.each<[string, object]>([
    ['$set of an unnamed field', { $set: { nickname: 'M' } }],
    ['$set below a value', { $set: { 'email.deep.nickname.x': CARD } }],
    ['$set below a list of named fields', { $set: { 'identities.0.nickname': 'M' } }],
    ['$set of a text where a list of fields is', { $set: { identities: 'M' } }],
    ['$setOnInsert', { $setOnInsert: { nickname: 'M' } }],
    ['$inc', { $inc: { visits: 1 } }],
    ['$max', { $max: { name: CARD } }],
    ['$push', { $push: { nicknames: 'M' } }],
    ['$push of each', { $push: { identities: { $each: [{ provider: 'x' }, { provider: CARD }] } } }],
    ['$addToSet', { $addToSet: { identities: { nickname: 'M' } } }],
    ['$currentDate', { $currentDate: { loggedAt: true } }],
    ['$rename to an unnamed field', { $rename: { name: 'nickname' } }],
    ['$rename into a hash', { $rename: { name: 'passwordHash' } }],
    ['a card number as a name below a value', { $set: { [`name.${CARD}`]: true } }],
    ['a card number as a name that something is moved to', { $rename: { name: 'email.4111 1111 1111 1111' } }],
    ['a clear password', { $set: { passwordHash: 'correct horse' } }],
    ['an id of an element that is a text', { $set: { identities: [{ _id: 'M' }] } }],
    ['an operator that is none', { $where: 'true' }],
    ['a replacement', { name: 'Mara' }],
    ['a stored operator', { $set: { name: { $gt: '' } } }],
    ['a stored dot', { $set: { name: { 'a.b': 1 } } }],
    ['a number that is no place in a list', { $set: { '0': { email: 'm@example.org' } } }],
    ['a record that calls itself an id', { $set: { identities: [{ _id: { email: 'm@example.org' } }] } }],
    ['a path through the prototype', { $set: { 'name.__proto__.x': 1 } }],
    ['a path through the constructor', { $set: { 'constructor.prototype.x': 1 } }],
    ['a name of the prototype', { $set: { name: JSON.parse('{"__proto__":{"x":1}}') } }],
    ['an operator as a path', { $set: { 'name.$where': 1 } }],
    ['no update', Object.create(null, { $set: { value: 'x', enumerable: true } })],
  ])('%s is refused', (_, given) => {
    expect(() => update(given)).toThrow(/Nothing was written/);
  });

  test('what is stripped leaves the rest, and is counted', () => {
    const look = lookAt(rulesFor('strip'));
    const given = { $set: { name: 'Mara', nickname: 'M' }, $push: { identities: { provider: 'x', mood: 1 } } };
    expect(guardUpdate(look, given)).toEqual({ $set: { name: 'Mara' }, $push: { identities: { provider: 'x' } } });
    expect([...look.unlisted.values()]).toEqual([1, 1]);
  });

  test('a card number is refused even where its field would be stripped or reported', () => {
    for (const mode of ['strip', 'report'] as const) {
      expect(() => update({ $set: { nickname: CARD } }, mode)).toThrow(/card number/);
    }
  });
});

test.each<[string, unknown]>([
  ['a name of a field', { [CARD]: true }],
  ['a name in a map', new Map([[CARD, true]])],
  ['a value in a map', new Map([['x', CARD]])],
  ['a number', Number(CARD)],
  ['a large number', BigInt(CARD)],
  ['a number of the driver', Long.fromString(CARD)],
  ['a decimal number of the driver', Decimal128.fromString(CARD)],
  ['bytes', Buffer.from(`card ${CARD}`)],
  ['bytes of two for each letter', Buffer.from(CARD, 'utf16le')],
  ['many bytes', Buffer.from(`${'x'.repeat(500_000)} ${CARD}`)],
  ['binary data of the driver', new Binary(Buffer.from(CARD))],
  ['another view of bytes', new DataView(new Uint8Array(Buffer.from(CARD)).buffer)],
  ['code', new Code(`x = '${CARD}'`)],
  ['a pattern', new RegExp(CARD)],
  ['what it says of itself when it is stored', { toBSON: () => ({ deep: [CARD] }) }],
])('a card number in a field that is named is refused as %s', (_, value) => {
  expect(() => lookAtRecord(lookAt(rulesFor('report')), { name: value })).toThrow(/card number/);
});

test('a record that passes itself off as a type of the driver is refused', () => {
  const forged = { _bsontype: 'ObjectId', id: 'x' };
  expect(() => lookAtRecord(lookAt(rulesFor('report')), { name: forged })).toThrow(/another type/);
});

test('what may be no hash is not moved to above a field for hashes, nor anything to where nobody may hold it', () => {
  const [users, never] = [
    policy.inventory.collections[0],
    policy.never.find(({ to, categories: [one] }) => one && !to),
  ];
  if (!users || !never) throw new Error('The pack has no users, or forbids nothing');
  const secrets = { path: 'secrets.hash', category: 'account.credential', export: 'never', holds: 'hash' } as const;
  const forbidden = { ...secrets, path: 'forbidden', category: never.categories[0] ?? '', holds: undefined };
  const fields = [...users.fields, secrets, { ...secrets, path: 'older.hash' }, forbidden];
  const rules = writeRules(policy, { ...users, fields } as never, () => 'enforce');
  const given = (one: unknown): unknown => guardUpdate(lookAt(rules), one);

  expect(() => given({ $rename: { name: 'secrets' } })).toThrow(/hashes/);
  expect(() => given([{ $set: { secrets: '$name' } }])).toThrow(/hashes/);
  expect(() => given({ $rename: { name: 'forbidden' } })).toThrow(/nobody may hold/);
  given({ $rename: { passwordHash: 'secrets.hash' } });
  given([{ $set: { secrets: { $mergeObjects: ['$secrets', { hash: '$older.hash' }] } } }]);
});

describe('pipelines', () => {
  test.each<[string, object[]]>([
    ['a value', [{ $set: { name: 'Mara' } }]],
    ['a copy', [{ $set: { name: '$email' } }]],
    ['the time', [{ $set: { seenAt: '$$NOW' } }]],
    ['arithmetic', [{ $addFields: { birthYear: { $add: ['$birthYear', 1] } } }]],
    ['a choice', [{ $set: { name: { $cond: [{ $eq: ['$country', 'DE'] }, 'Mara', '$name'] } } }]],
    ['a choice by names', JSON.parse(`[{"$set":{"name":{"$cond":{"if":"$closedAt","then":"","else":"$name"}}}}]`)],
    ['a hash that is copied or chosen', [{ $set: { passwordHash: { $ifNull: ['$passwordHash', HASH] } } }]],
    ['a list that is cut', [{ $set: { identities: { $slice: ['$identities', 3] } } }]],
    [
      'a list that is sieved',
      [{ $set: { identities: { $filter: { input: '$identities', cond: { $eq: ['$$this.provider', 'x'] } } } } }],
    ],
    ['a record merged into the old one', [{ $replaceWith: { $mergeObjects: ['$$ROOT', { name: 'Mara' }] } }]],
    ['fields that go', [{ $unset: 'nickname' }, { $project: { nickname: 0 } }]],
  ])('%s passes as it is', (_, stages) => {
    expect(update(stages)).toEqual(stages);
  });

  test.each<[string, unknown[]]>([
    ['a text put together', [{ $set: { name: { $concat: ['4111', '$name'] } } }]],
    ['a text put together inside a choice', [{ $set: { name: { $ifNull: ['$name', { $concat: ['a', 'b'] }] } } }]],
    ['a number as a text', [{ $set: { name: { $toString: '$birthYear' } } }]],
    [
      'a text with parts exchanged',
      [{ $set: { name: { $replaceAll: { input: '$name', find: 'x', replacement: '4' } } } }],
    ],
    ['a text cut out', [{ $set: { name: { $substrCP: ['$name', 0, 4] } } }]],
    ['a list folded', [{ $set: { name: { $reduce: { input: [], initialValue: '', in: '$$value' } } } }]],
    ['code', [{ $set: { name: { $function: { body: 'x', args: [], lang: 'js' } } } }]],
    ['a field by a name that is computed', [{ $set: { name: { $getField: { $concat: ['a', 'b'] } } } }]],
    ['a card number', [{ $set: { name: CARD } }]],
    ['a card number taken literally', [{ $set: { name: { $literal: CARD } } }]],
    ['a card number deep in a choice', [{ $set: { name: { $cond: [true, { $ifNull: [null, CARD] }, ''] } } }]],
    ['an unnamed field', [{ $set: { nickname: 'M' } }]],
    ['an unnamed field that is projected', [{ $project: { nickname: '$name' } }]],
    ['a clear password copied', [{ $set: { passwordHash: '$name' } }]],
    ['a clear password computed', [{ $set: { passwordHash: { $add: [1, 2] } } }]],
    ['a record from elsewhere', [{ $replaceWith: '$identities' }]],
    ['a record with an unnamed field', [{ $replaceRoot: { newRoot: { nickname: 'M' } } }]],
    ['a merge with an unnamed field', [{ $replaceWith: { $mergeObjects: ['$$ROOT', { nickname: 'M' }] } }]],
    ['another stage', [{ $lookup: { from: 'x' } }]],
    ['a stage of two names', [{ $set: {}, $unset: 'x' }]],
    ['no stage', ['$set']],
  ])('%s is refused', (_, stages) => {
    expect(() => update(stages)).toThrow(/Nothing was written/);
  });

  test('what is stripped leaves the rest; inside an operator nothing can be left out', () => {
    expect(update([{ $set: { name: 'Mara', nickname: 'M' } }], 'strip')).toEqual([{ $set: { name: 'Mara' } }]);
    const inside = [{ $set: { identities: { $concatArrays: ['$identities', [{ nickname: 'M' }]] } } }];
    expect(() => update(inside, 'strip')).toThrow(/does not name/);
  });
});

describe('upserts', () => {
  const upsert = (filter: unknown, unlisted?: WriteRules['unlisted']): void =>
    guardUpsert(lookAt(rulesFor(unlisted)), filter);

  test.each<[string, object]>([
    ['equality', { nickname: 'M' }],
    ['$eq', { nickname: { $eq: 'M' } }],
    ['$in', { name: { $in: ['x', CARD] } }],
    ['$all', { name: { $all: [CARD] } }],
    ['$and', { $and: [{ name: 'Mara' }, { $or: [{ name: CARD }] }] }],
    ['a record', { identities: [{ provider: CARD }] }],
  ])('what %s of a filter would store is looked at', (_, filter) => {
    expect(() => upsert(filter)).toThrow(/Nothing was written/);
  });

  test('comparisons store nothing', () => {
    upsert({ name: { $gt: CARD }, visits: { $lt: 3 }, $nor: [{ nickname: 'M' }] });
  });

  test('a condition cannot be stripped', () => {
    expect(() => upsert({ nickname: 'M' }, 'strip')).toThrow(/does not name/);
    upsert({ nickname: 'M' }, 'report');
  });
});

describe('limits', () => {
  const nested = (depth: number): object => {
    let value: object = {};
    for (let at = 0; at < depth; at += 1) value = { a: value };
    return value;
  };

  test('200 levels pass, more are refused', () => {
    lookAtRecord(lookAt(rulesFor('report')), { email: nested(198) });
    expect(() => lookAtRecord(lookAt(rulesFor('report')), { email: nested(300) })).toThrow(/200 levels/);
    expect(() => lookAtRecord(lookAt(rulesFor('report')), { email: nested(100_000) })).toThrow(/200 levels/);
  });

  test('expressions in one another are as deep', () => {
    let value: unknown = 'Mara';
    for (let at = 0; at < 100_000; at += 1) value = { $ifNull: ['$name', value] };
    expect(() => update([{ $set: { name: value } }])).toThrow(/200 levels/);
  });

  test('a record in a circle is refused', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => lookAtRecord(lookAt(rulesFor()), { email: circle })).toThrow(/levels/);
  });

  test('more than 16 MB are refused', () => {
    const half = 'x'.repeat(9 * 1024 * 1024);
    lookAtRecord(lookAt(rulesFor()), { name: half });
    expect(() => lookAtRecord(lookAt(rulesFor()), { name: half, email: half })).toThrow(/16 MB/);
  });
});
