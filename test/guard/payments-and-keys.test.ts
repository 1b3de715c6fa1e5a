import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadPack, loadRegimes, memoryFiles } from '@kept/core';
import { Types } from 'mongoose';
import { lint } from '../../packages/core/src/kernel/lint/lint.ts';
import type { Collection } from '../../packages/core/src/kernel/policy/inventory.ts';
import { START } from '../support/scene.ts';
import { type GovernedHouse, governedHouse, type Loose } from './governedHouse.ts';

const CARDS = ['4111111111111111', '5555-5555-5555-4444', '3782 822463 10005'];
const LOOK_ALIKES = ['4111 1111 1111 1112', '+49 170 1234567', 'ORD-2024-000123456789', '1234567812345670'];

const REFUSED = { code: 'WRITE_REFUSED' };

/** `a[].b` with a value, as a record has it. */
function planted(path: string, value: unknown): Loose {
  const [first = '', ...rest] = path.split('.');
  const inner = rest.length > 0 ? planted(rest.join('.'), value) : value;
  return first.endsWith('[]') ? { [first.slice(0, -2)]: [inner] } : { [first]: inner };
}

/** Fields in which people's words could stand. */
const wordy = ({ fields }: Collection): string[] =>
  fields.filter(({ holds, file }) => holds === undefined && file === undefined).map(({ path }) => path);

describe.each([
  ['seedance25', 'seedance25.never.card-number'],
  ['sdance-ai', 'sdance-ai.never.card-number, sdance-ai.security.no-card-storage'],
  ['seedance-api', 'seedance-api.never.card-number'],
  ['stripe-paypal-studio', 'stripe-paypal-studio.never.card-number'],
])('%s', (pack, clauses) => {
  let house: GovernedHouse;

  beforeAll(async () => {
    house = await governedHouse({ policy: await loadPack(pack) });
  });

  afterAll(() => house.close());

  test(`${clauses}: no governed collection takes a card number in any of its fields, and a look-alike passes`, async () => {
    for (const collection of house.kept.policy.inventory.collections) {
      const model = house.model(collection.name);
      for (const [at, path] of wordy(collection).entries()) {
        const card = CARDS[at % CARDS.length];
        for (const value of [card, `my card is ${card}, thanks`, { deep: [{ list: [card] }] }]) {
          await expect(model.create(planted(path, value))).rejects.toMatchObject({
            ...REFUSED,
            message: expect.stringContaining('card number'),
          });
        }
        await model.create(planted(path, LOOK_ALIKES[at % LOOK_ALIKES.length]));
      }
      expect(await house.stored(collection.name)).toHaveLength(wordy(collection).length);
    }
  });

  test(`${clauses}: a scan finds what was planted past the gate, nested and in free text, and no look-alike`, async () => {
    const cardsFound = async (): Promise<string[]> =>
      (await house.kept.scan.run()).findings
        .filter(({ code }) => code === 'CARD_NUMBER_STORED')
        .map(({ where }) => where);
    expect(await cardsFound()).toEqual([]);

    const [collection] = house.kept.policy.inventory.collections;
    const [path = ''] = wordy(collection as Collection);
    const raw = house.connection.db?.collection(collection?.name ?? '');
    await raw?.insertMany([
      planted(path, { deep: [{ list: ['x', CARDS[0]] }] }),
      planted(path, `paid with ${CARDS[1]}, valid 12/28`),
    ]);
    const place = `${collection?.name}.${path}`;
    expect((await cardsFound()).sort()).toEqual([place, `${place}.deep[].list[]`].sort());
  });
});

describe('what is kept of a payment', () => {
  const reference = { paidAt: START, status: 'paid' };

  test('sdance-ai.collects.payment: references, status and last digits are taken; whatever else of a card or an account is refused', async () => {
    const house = await governedHouse();
    const payments = house.model('payments');
    await payments.create({ ...reference, userId: new Types.ObjectId(), processorRef: 'pay_1', last4: '4242' });
    const more = {
      card: '4242',
      number: CARDS[0],
      cvc: '123',
      expiry: '12/28',
      holder: 'Mara Lind',
      iban: 'DE00',
      bin: '411111',
    };
    for (const [name, value] of Object.entries(more)) {
      await expect(payments.create({ ...reference, [name]: value })).rejects.toMatchObject(REFUSED);
      await expect(payments.updateMany({}, { $set: { [name]: value } })).rejects.toMatchObject(REFUSED);
    }
    await expect(payments.create({ ...reference, last4: CARDS[0] })).rejects.toMatchObject(REFUSED);
    expect(await house.stored('payments')).toHaveLength(1);
    await house.close();
  });

  test('stripe-paypal-studio.collects.transactions: a further field is taken out and told of, or refused, as configured', async () => {
    const policy = await loadPack('stripe-paypal-studio');
    const house = await governedHouse({ policy });
    const kept = {
      userId: new Types.ObjectId(),
      transactionId: 'tr_1',
      billingEmail: 'mara@example.org',
      ...reference,
    };
    const further = { amount: 500, address: { city: 'Bremen' }, card: { last4: '4242' } };
    const payments = house.model('payments');
    await payments.create({ ...kept, ...further });
    await payments.updateMany({}, { $set: { ...further, status: 'refunded' } });
    const [stored] = await house.stored('payments');
    expect(stored).toEqual({ _id: stored?._id, __v: 0, ...kept, status: 'refunded' });
    expect(await house.findings()).toEqual(
      expect.arrayContaining(
        Object.keys(further).map(() => expect.objectContaining({ code: 'FIELD_UNLISTED', times: 2 })),
      ),
    );

    const collections = policy.inventory.collections.map((one) =>
      one.name === 'payments' ? { ...one, unlisted: 'refuse' as const } : one,
    );
    await house.close();
    const strict = await governedHouse({
      policy: { ...policy, hash: 'b'.repeat(64), inventory: { ...policy.inventory, collections } },
    });
    for (const [name, value] of Object.entries(further)) {
      await expect(strict.model('payments').create({ ...kept, [name]: value })).rejects.toMatchObject(REFUSED);
    }
    expect(await strict.stored('payments')).toEqual([]);
    await strict.close();
  });

  test('seedream4.collects.payment: the lint tells of the conflict; a card number is refused, a token and the last digits are taken', async () => {
    const policy = await loadPack('seedream4');
    const { findings } = lint(policy, { now: START, regimes: await loadRegimes() });
    expect(findings.map(({ code }) => code)).toContain('CARD_NUMBER_COLLECTED');
    const house = await governedHouse({ policy, files: { media: memoryFiles() } });
    const payments = house.model('payments');
    for (const card of CARDS) await expect(payments.create({ token: card })).rejects.toMatchObject(REFUSED);
    await expect(payments.create({ card: CARDS[0] })).rejects.toMatchObject(REFUSED);
    await payments.create({ visitorId: new Types.ObjectId(), token: 'tok_1', last4: '4242', paidAt: START });
    expect(await house.stored('payments')).toMatchObject([{ token: 'tok_1', last4: '4242' }]);
    await house.close();
  });
});

test('sdance-ai.security.api-keys-hashed: a field for keys takes their hash, and no clear value in any way', async () => {
  const house = await governedHouse();
  const apiKeys = house.model('apiKeys');
  const key = `sdk_${'aB3-'.repeat(10)}abc`;
  for (const hash of [key, 'open sesame', key.slice(4), 4711, true, '', Buffer.from('clear'), { value: key }, [key]]) {
    await expect(apiKeys.create({ name: 'k', hash })).rejects.toMatchObject(REFUSED);
  }
  await expect(apiKeys.create({ name: `my key ${key}` })).rejects.toMatchObject(REFUSED);
  await apiKeys.create({ name: 'k', hash: 'a'.repeat(64), last4: 'cabc' });
  await expect(apiKeys.updateOne({}, { $set: { hash: key } })).rejects.toMatchObject(REFUSED);
  expect(await house.stored('apiKeys')).toMatchObject([{ hash: 'a'.repeat(64) }]);
  await house.close();
});
