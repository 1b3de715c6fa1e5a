import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Model, Schema, Types } from 'mongoose';
import { type GovernedHouse, governedHouse, type Loose } from './governedHouse.ts';
import { writePaths } from './writePaths.ts';

const CARD = '4111 1111 1111 1111';
const KEY = `sdk_${'k'.repeat(43)}`;

let house: GovernedHouse;
let users: Model<Loose>;
const there = new Types.ObjectId();

beforeAll(async () => {
  house = await governedHouse();
  users = house.model('users', {
    email: String,
    name: String,
    passwordHash: String,
    seenAt: Date,
    identities: [new Schema({ provider: String }, { _id: false, strict: false })],
    loose: Schema.Types.Mixed,
  });
  await users.create({ _id: there, name: 'Jonas', identities: [] });
});

afterAll(() => house.close());

/** What nobody may write, and where the refusal says that it stood. */
const violations: readonly [string, Loose, string][] = [
  ['a card number', { name: CARD }, 'users.name'],
  [
    'a card number deep in a list',
    { identities: [{ provider: 'x' }, { provider: `card ${CARD}` }] },
    'users.identities',
  ],
  ['a card number as a number', { name: 'x', loose: { number: 4111111111111111 } }, 'users.loose'],
  ['a card number as a name of a field', { loose: { [CARD]: true } }, 'users.loose'],
  ['a card number in bytes', { loose: Buffer.from(CARD) }, 'users.loose'],
  ['a key of the host in the clear', { name: KEY }, 'users.name'],
  ['a password where its hash belongs', { passwordHash: 'correct horse' }, 'users.passwordHash'],
  ['a field that the inventory does not name', { loose: 1 }, 'users.loose'],
  ['an unnamed field in a list', { identities: [{ provider: 'x', nickname: 'M' }] }, 'users.identities'],
];

describe.each(writePaths.map((one) => [one.name, one] as const))('%s', (_, { write }) => {
  test.each(violations)('refuses %s, and writes nothing', async (_what, values, place) => {
    const before = await house.stored('users');
    const refused = await write(users, values, there).then(
      () => undefined,
      (error: unknown) => error as { code: string; place: string; message: string },
    );

    expect(refused).toMatchObject({ name: 'KeptError', code: 'WRITE_REFUSED' });
    expect(refused?.place.startsWith(place) || refused?.place === 'users').toBe(true);
    expect(JSON.stringify(refused)).not.toContain('4111');
    expect(refused?.message).not.toMatch(/4111|kkkk|horse/);
    expect(await house.stored('users')).toEqual(before);
  });
});

test('what is named and clear passes on all of these ways but the one past the models', async () => {
  for (const { name, write } of writePaths) {
    const done = write(users, { name: 'Mara', identities: [{ provider: 'x', email: 'mara@example.org' }] }, there);
    if (name === 'bulkWrite of the connection') await expect(done).rejects.toMatchObject({ code: 'WRITE_REFUSED' });
    else await done;
  }
});
