import { afterAll, describe, expect, test } from '@jest/globals';
import type { Asks, Right, StoredRequest } from '@kept/core';
import type { Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, twoStaff } from './case.ts';
import { casework } from './casework.ts';

const the = await scene();
const { kept } = the;
const { somebody, finish } = casework(() => the);
afterAll(() => the.close());

const opens = (right: Right, { key, address }: Person, asks?: unknown): Promise<StoredRequest> =>
  kept.requests.open({
    right,
    channel: 'app',
    subject: key,
    address,
    text: 'Please.',
    ...(asks !== undefined && { asks: asks as Asks }),
  });

describe('what a form asks for beside its right', () => {
  test('is carried out as it was chosen: one flag of two', async () => {
    const ann = await somebody();
    for (const flag of ['training', 'analytics-cookies']) await kept.consents.give(ann.key, flag, 'settings');
    const { _id } = await opens('withdraw-consent', ann, { flags: ['training'] });
    await finish();
    expect(await again(kept, _id)).toMatchObject({ status: 'fulfilled', recorded: { flags: ['training'] } });
    const words = await kept.consents.history(ann.key);
    expect(words.map(({ flag, what }) => `${flag} ${what}`)).toEqual([
      'training given',
      'analytics-cookies given',
      'training withdrawn',
    ]);
  });

  test('two forms that ask for different things are two requests, a second click is none', async () => {
    const bo = await somebody();
    const ids = [['training'], ['analytics-cookies'], ['training']].map(
      async (flags) => (await opens('withdraw-consent', bo, { flags }))._id,
    );
    expect(new Set(await Promise.all(ids)).size).toBe(2);
  });

  test('a restriction stands on the ground that was chosen', async () => {
    const cy = await somebody();
    await opens('restriction', cy, { ground: 'needed-for-claims' });
    await finish();
    expect(await kept.restrictions.history(cy.key)).toMatchObject([{ ground: 'needed-for-claims' }]);
  });

  test.each([
    ['withdraw-consent', 'training', 'ASKS_INVALID'],
    ['withdraw-consent', null, 'ASKS_INVALID'],
    ['withdraw-consent', { flags: { $gt: '' } }, 'ASKS_INVALID'],
    ['withdraw-consent', { flags: [] }, 'ASKS_INVALID'],
    ['withdraw-consent', { flags: ['training', { $ne: 1 }] }, 'ASKS_INVALID'],
    ['withdraw-consent', { flags: ['__proto__'] }, 'ASKS_INVALID'],
    ['withdraw-consent', { flags: Array.from({ length: 51 }, () => 'training') }, 'ASKS_INVALID'],
    ['objection', { purposes: ['world.peace'] }, 'ASKS_INVALID'],
    ['restriction', { ground: 'because' }, 'ASKS_INVALID'],
    ['rectification', { corrections: [{ collection: 'users', field: '$where', value: 'x' }] }, 'CORRECTION_INVALID'],
    ['rectification', { corrections: [{ collection: { $ne: 1 }, field: 'name', value: 'x' }] }, 'CORRECTION_INVALID'],
    [
      'rectification',
      { corrections: [{ collection: 'users', field: 'name', value: 'x'.repeat(10_001) }] },
      'CORRECTION_INVALID',
    ],
    ['rectification', { corrections: [null] }, 'CORRECTION_INVALID'],
  ] as const)('a %s that asks for %j is refused, and nothing is opened', async (right, asks, code) => {
    const di = await somebody();
    await expect(opens(right, di, asks)).rejects.toMatchObject({ code });
    expect((await kept.requests.list({ limit: 500 })).items.some(({ about }) => about?.subject === di.key)).toBe(false);
  });

  test('a decision that is none is refused', async () => {
    const ed = await somebody();
    const { _id } = await opens('rectification', ed);
    await finish();
    const { agent } = await twoStaff(kept);
    for (const none of [null, undefined, 'yes', { right: 'objection', balances: [] }, { right: { $ne: 1 } }])
      await expect(kept.requests.decide(_id, agent, none as never)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
  });
});
