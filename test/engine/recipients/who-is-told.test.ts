import { beforeEach, describe, expect, test } from '@jest/globals';
import { loadPack, type Notification, type Policy, type RecipientConnector } from '@kept/core';
import { fresh } from '../../../packages/core/src/engine/aggregate.ts';
import type { Disclosure } from '../../../packages/core/src/engine/keptEgress.ts';
import { recipientsTold } from '../../../packages/core/src/engine/notifications/recipientsTold.ts';
import { tellRecipients } from '../../../packages/core/src/engine/notifications/tellRecipients.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import { START } from '../../support/scene.ts';
import { memoryWorld } from '../egress/memoryWorld.ts';

const ANN = 'ann';
const DAY = 86_400_000;
const silent: RecipientConnector = { tell: async () => ({}) };
let policy: Policy;
let world: World;
beforeEach(async () => {
  policy = await loadPack('sdance-ai');
  world = withConnectors({ 'fal-ai': silent });
});

const withConnectors = (connectors: Record<string, RecipientConnector>): World => ({
  ...memoryWorld(policy, async () => []),
  connectors,
});
const disclosed = async (id: string, more: Partial<Disclosure> = {}): Promise<void> => {
  const disclosure: Disclosure = {
    ...fresh(world, id),
    outcome: 'made',
    subject: ANN,
    recipient: 'fal-ai',
    categories: ['generation.prompt'],
    generation: `g-${id}`,
    at: START,
    noticeVersion: 1,
    fields: ['prompt'],
    withheld: { unlisted: 0, personal: [], media: [] },
    ...more,
  };
  await world.records.collection<Disclosure>('disclosures').insert(disclosure);
};
const telling = { request: 'r-1', subject: ANN, what: 'erasure', categories: ['generation'] } as const;
const tell = (more: Partial<Parameters<typeof tellRecipients>[1]> = {}, now = START): Promise<void> =>
  tellRecipients(world, { ...telling, ...more }, now);
const noted = (): Promise<Notification[]> =>
  world.records.collection<Notification>('notifications').find({ service: world.service }, { sort: { recipient: 1 } });

describe('who is told', () => {
  test('whoever got something of the person in these categories, and of nothing else', async () => {
    await disclosed('1');
    await disclosed('2', { categories: ['generation.prompt', 'account.contact'] });
    await disclosed('3', { recipient: 'creem', categories: ['account.contact'] });
    await disclosed('4', { subject: 'ben' });
    await disclosed('5', { outcome: 'refused' });
    await tell();

    expect(await noted()).toMatchObject([
      { recipient: 'fal-ai', categories: ['generation.prompt'], references: ['g-1', 'g-2'], state: 'queued' },
    ]);
    expect(JSON.stringify(await noted())).not.toContain(ANN);
  });

  test('not whose copy has ended, by what it said or by its time', async () => {
    await disclosed('1', { copyEndedAt: START });
    await disclosed('2', { recipientKeepsUntil: START });
    await disclosed('3', { recipientKeepsUntil: new Date(START.getTime() + DAY) });
    await disclosed('4', { recipientKeepsUntil: new Date(START.getTime() + 2 * DAY) });
    await tell();
    expect(await noted()).toMatchObject([
      { references: ['g-3', 'g-4'], keepsUntil: new Date(START.getTime() + 2 * DAY) },
    ]);
  });

  test('no authority: in an inquiry under its law it is no recipient; counsel is one', async () => {
    await disclosed('1', { recipient: 'authorities', categories: ['account'] });
    await disclosed('2', { recipient: 'counsel', categories: ['account'], reference: 'AZ 1' });
    await tell({ categories: ['account.contact'] });
    expect(await noted()).toMatchObject([{ recipient: 'counsel', categories: ['account.contact'], by: 'staff' }]);
  });

  test('somebody who is no longer on the list is told by staff', async () => {
    await disclosed('1', { recipient: 'former' });
    await tell();
    expect(await noted()).toMatchObject([{ recipient: 'former', by: 'staff' }]);
    expect(await recipientsTold(world, 'r-1')).toMatchObject([{ label: 'former', state: 'queued' }]);
  });
});

describe('by what a recipient knows the person', () => {
  test('the host may know better than the log, and for those to whom nothing left through the gate', async () => {
    const asked: string[] = [];
    const knows = (recipient: string): RecipientConnector => ({
      ...silent,
      referencesOf: async (subject) => {
        asked.push(`${recipient} ${subject}`);
        return [`cus-${recipient}`];
      },
    });
    world = withConnectors({ creem: knows('creem'), 'fal-ai': knows('fal-ai'), cloudflare: silent });
    await disclosed('1');
    await tell({ categories: ['generation.prompt', 'payment'] });
    await tell({ categories: ['generation.prompt', 'payment'] });

    expect(asked).toEqual(['creem ann', 'fal-ai ann']);
    expect(await noted()).toMatchObject([
      { recipient: 'creem', categories: ['payment'], references: ['cus-creem'], by: 'connector' },
      { recipient: 'fal-ai', references: ['cus-fal-ai', 'g-1'], by: 'connector' },
    ]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['throws', () => Promise.reject(new Error('ann@example.org'))],
    ['answers no list', async () => ({ $ne: '' })],
    ['answers what is no text', async () => [{ $ne: '' }]],
    ['answers without an end', async () => Array.from({ length: 100_001 }, String)],
  ])('a host that %s leaves it to staff, and the request goes on', async (_, referencesOf) => {
    const logged: unknown[] = [];
    const connector = { ...silent, referencesOf } as RecipientConnector;
    world = { ...withConnectors({ creem: connector }), log: (entry) => void logged.push(entry) };
    await tell({ categories: ['payment'] });
    expect(await noted()).toMatchObject([{ recipient: 'creem', references: [], by: 'staff' }]);
    expect(JSON.stringify(logged)).not.toContain('ann');
  });

  test('a person of many numbers is told of in as many notices as it takes, wherever that is interrupted', async () => {
    const numbers = Array.from({ length: 2_300 }, (_, at) => `cus-${at}`);
    world = withConnectors({ 'fal-ai': { ...silent, referencesOf: async () => numbers } });
    const { records } = world;
    let room = 1;
    const full = (name: Parameters<typeof records.collection>[0]) => ({
      ...records.collection(name),
      insert: (one: never) => (room-- > 0 ? records.collection(name).insert(one) : Promise.reject(new Error('died'))),
    });
    const dying = { ...world, records: { ...records, collection: full } } as World;
    await disclosed('1');
    await expect(tellRecipients(dying, telling, START)).rejects.toThrow('died');
    await tell();

    const told = new Set((await noted()).flatMap(({ references = [] }) => references));
    expect([...told].toSorted()).toEqual(['g-1', ...numbers].toSorted());
    for (const { references = [], categories } of await noted()) {
      expect(references.length).toBeLessThanOrEqual(1_000);
      expect(categories).toEqual(['generation.prompt']);
    }
  });

  test('without any reference staff tell it: nobody is asked to look for a person by data that they never got', async () => {
    await disclosed('1', { generation: undefined as never });
    await tell();
    expect(await noted()).toMatchObject([{ by: 'staff', references: [] }]);
  });

  test('corrections go to those alone who got that category', async () => {
    await disclosed('1');
    const corrections = [
      { category: 'generation.prompt', value: 'a boat' },
      { category: 'account.contact', value: 'ann@example.org' },
    ];
    await tell({ what: 'rectification', categories: ['generation.prompt', 'account.contact'], corrections });
    expect(await noted()).toMatchObject([{ what: 'rectification', corrections: [corrections[0]] }]);
  });
});

describe('however often it is asked', () => {
  test('each is noted once, and what left in the meantime once more', async () => {
    await disclosed('1');
    await tell();
    await tell({}, new Date(START.getTime() + DAY));
    expect(await noted()).toHaveLength(1);

    await disclosed('2', { at: new Date(START.getTime() + DAY) });
    await tell({}, new Date(START.getTime() + 2 * DAY));
    expect((await noted()).map(({ references }) => references)).toEqual([['g-1'], ['g-2']]);
  });

  test('another request, or the end of what it was told, is told again', async () => {
    await disclosed('1');
    await tell({ what: 'restriction' });
    await tell({ what: 'restriction-lifted' });
    await tell({ request: 'r-2', what: 'restriction' });
    expect(await noted()).toHaveLength(3);
  });

  test('a long log is read in pages and told in several notices, none forgotten and none twice', async () => {
    const ids = Array.from({ length: 2_300 }, (_, at) => `d-${String(at).padStart(5, '0')}`);
    // More of one instant than a page holds.
    for (const [at, id] of ids.entries())
      await disclosed(id, { at: new Date(START.getTime() + Math.floor(at / 1_200)) });
    await tell();
    await tell();
    const told = (await noted()).map(({ references = [] }) => references);
    expect(told.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([300, 1_000, 1_000]);
    expect(told.flat().toSorted()).toEqual(ids.map((id) => `g-${id}`));
  });

  test('a subject that is no text is refused', async () => {
    await expect(tell({ subject: { $ne: '' } as never })).rejects.toMatchObject({ code: 'SUBJECT_INVALID' });
  });
});
