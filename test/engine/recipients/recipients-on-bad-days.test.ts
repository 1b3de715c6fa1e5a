import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { emailConnector, type Notification, type RecipientConnector, webhookConnector } from '@kept/core';
import { tellRecipients } from '../../../packages/core/src/engine/notifications/tellRecipients.ts';
import { DAY } from '../../support/people.ts';
import { type RecipientHouse, recipientHouse } from '../../support/recipientHouse.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { twoStaff } from '../case.ts';
import { worldOf } from '../worldOf.ts';

const MINUTE = 60_000;
const PRIVACY = 'privacy@creem.example';
const connectors: Record<string, RecipientConnector> = {};
let the: Scene;
let house: RecipientHouse;
let refuses = false;
let number = 0;

beforeAll(async () => {
  the = await scene({
    connectors,
    mail: {
      async send() {
        if (refuses) throw Object.assign(new Error('550'), { permanent: true, code: 'MAIL_NOT_SENT' });
        return { accepted: true, response: '250' };
      },
    },
  });
  house = await recipientHouse(the.keys, () => the.clock.now());
});
beforeEach(async () => {
  await the.db.collection('kept_notifications').deleteMany({});
  house.answers = (answer) => answer.writeHead(202).end();
  house.calls.length = 0;
  refuses = false;
  number += 1;
  const referencesOf = async (): Promise<string[]> => [`cus_${number}`];
  Object.assign(connectors, { creem: webhookConnector(house.url, { timeoutMs: 60, referencesOf }) });
});
afterAll(async () => {
  await house.close();
  await the.close();
});

/** A request of its own, of which one recipient is to be told. */
async function noted(): Promise<() => Promise<Notification>> {
  const request = `r-${number}`;
  const world = { ...worldOf(the), connectors, log: () => undefined };
  await tellRecipients(world, { request, subject: 'ann', what: 'erasure', categories: ['payment'] }, the.clock.now());
  return async () => {
    const [found] = await the.kept.notifications.list({ request });
    if (!found) throw new Error('Nothing is noted');
    return found;
  };
}
const later = (ms: number): void => the.clock.set(new Date(the.clock.now().getTime() + ms));
const advance = () => the.kept.notifications.advance();
const findingOf = async ({ _id }: Notification) =>
  (await the.kept.findings.open()).find((each) => each._id.endsWith(_id));

describe('a recipient on a bad day', () => {
  test('is tried again, ever less often, under the same id, until it takes it', async () => {
    const now = await noted();
    house.answers = (answer) => answer.writeHead(503).end();
    for (const pause of [1, 2, 4, 8]) {
      expect(await advance()).toEqual({ sent: 0, failed: 1, expired: 0 });
      expect(await advance()).toEqual({ sent: 0, failed: 0, expired: 0 });
      later(pause * MINUTE);
    }
    house.answers = (answer) => answer.writeHead(200).end();
    expect(await advance()).toMatchObject({ sent: 1 });

    const { _id, state, attempts } = await now();
    expect({ state, attempts }).toEqual({ state: 'sent', attempts: 5 });
    expect(house.calls.map(({ notice }) => notice.id)).toEqual(Array(5).fill(_id));
  });

  test('who takes it and never answers is tried again', async () => {
    const now = await noted();
    house.answers = () => undefined;
    await advance();
    expect(await now()).toMatchObject({ state: 'queued', lastError: 'WEBHOOK_UNHEARD' });
  });

  test('who refuses for good is left to staff at once, who may try again', async () => {
    const now = await noted();
    house.answers = (answer) => answer.writeHead(410).end();
    await advance();
    expect(await now()).toMatchObject({ state: 'failed', lastError: 'WEBHOOK_REFUSED' });
    expect(await findingOf(await now())).toMatchObject({
      severity: 'error',
      text: expect.stringMatching(/^Creem is to/),
    });
    later(DAY);
    await advance();
    expect(house.calls).toHaveLength(1);

    house.answers = (answer) => answer.end('{"done":true}');
    const { agent } = await twoStaff(the.kept);
    await the.kept.notifications.retry((await now())._id, agent);
    await advance();
    expect(await now()).toMatchObject({ state: 'confirmed', confirmedBy: 'answer' });
    expect(await findingOf(await now())).toBeUndefined();
  });

  test('who stays silent until it is due is left to staff, and may still answer late', async () => {
    const now = await noted();
    await advance();
    const { dueAt } = await now();
    the.clock.set(new Date(dueAt.getTime() - 1));
    expect(await advance()).toMatchObject({ expired: 0 });
    the.clock.set(dueAt);
    expect(await advance()).toMatchObject({ expired: 1 });
    expect(await now()).toMatchObject({ state: 'expired' });
    expect(await findingOf(await now())).toMatchObject({ text: expect.stringContaining('has not said') });

    const token = house.calls[0]?.notice.confirmAt.split('/').at(-1) ?? '';
    later(29 * DAY);
    await the.kept.notifications.confirm(token);
    expect(await now()).toMatchObject({ state: 'confirmed' });
    expect(await findingOf(await now())).toBeUndefined();
  });

  test('a link is of no use a month after the date', async () => {
    const now = await noted();
    await advance();
    const token = house.calls[0]?.notice.confirmAt.split('/').at(-1) ?? '';
    the.clock.set(new Date((await now()).dueAt.getTime() + 30 * DAY));
    expect(await the.kept.notifications.peek(token)).toMatchObject({ state: 'expired' });
    await expect(the.kept.notifications.confirm(token)).rejects.toMatchObject({ code: 'NOTIFICATION_CLOSED' });
  });

  test('who answers before its call has ended is not told again', async () => {
    const now = await noted();
    house.answers = async (answer, { confirmAt }) => {
      await the.kept.notifications.confirm(confirmAt.split('/').at(-1) ?? '');
      answer.writeHead(500).end();
    };
    await advance();
    later(DAY);
    await advance();
    expect(await now()).toMatchObject({ state: 'confirmed', confirmedBy: 'link' });
    expect(house.calls).toHaveLength(1);
  });

  test('whose letter cannot be delivered is left to staff', async () => {
    connectors.creem = emailConnector(PRIVACY, { referencesOf: async () => ['cus_letter'] });
    refuses = true;
    const now = await noted();
    await advance();
    await the.kept.outbox.deliver();
    later(61 * MINUTE);
    await advance();
    expect(await now()).toMatchObject({ state: 'failed', lastError: 'LETTER_FAILED' });

    refuses = false;
    const { agent } = await twoStaff(the.kept);
    await the.kept.notifications.retry((await now())._id, agent);
    await advance();
    await the.kept.outbox.deliver();
    later(61 * MINUTE);
    await advance();
    expect(await now()).toMatchObject({ state: 'sent' });
  });

  test('whose connector is gone is left to staff', async () => {
    const now = await noted();
    delete connectors.creem;
    await advance();
    expect(await now()).toMatchObject({ state: 'failed', lastError: 'CONNECTOR_MISSING' });
  });

  test.each([
    ['what no program throws', undefined],
    ['words with an address', Object.assign(new Error('ann@example.org'), { code: 'ann@example.org' })],
  ])('a connector that throws %s leaves nothing of it behind', async (_, thrown) => {
    connectors.creem = { ...connectors.creem, tell: () => Promise.reject(thrown) };
    const now = await noted();
    await advance();
    expect(await now()).toMatchObject({ state: 'queued', lastError: 'CONNECTOR_FAILED' });
  });
});

describe('unless it proves impossible or involves disproportionate effort', () => {
  test('a privacy lead says so, with a reason', async () => {
    const now = await noted();
    const { _id } = await now();
    const { agent, lead } = await twoStaff(the.kept);
    const waive = (by: string, ground: string, reason: unknown): Promise<unknown> =>
      the.kept.notifications.waive(_id, by, ground as 'impossible', reason as string);
    await expect(waive(agent, 'impossible', 'gone')).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
    await expect(waive(lead, 'tedious', 'gone')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(waive(lead, 'impossible', { $ne: '' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await waive(lead, 'impossible', 'The company was dissolved in 2025');

    await advance();
    expect(house.calls).toEqual([]);
    expect(await the.kept.notifications.told(`r-${number}`)).toMatchObject([{ state: 'waived', waived: 'impossible' }]);
    expect(await now()).not.toHaveProperty('references');
  });
});

describe('what cannot be meant', () => {
  test.each([{ $ne: '' }, '', 'x'.repeat(201), 7])('is refused: %j', async (bad) => {
    const { notifications } = the.kept;
    const { agent } = await twoStaff(the.kept);
    const invalid = { code: 'INPUT_INVALID' };
    await expect(notifications.list({ request: bad as never })).rejects.toMatchObject(invalid);
    await expect(notifications.told(bad as never)).rejects.toMatchObject(invalid);
    await expect(notifications.done(bad as never, agent, 'x')).rejects.toMatchObject(invalid);
    await expect(notifications.retry(bad as never, agent)).rejects.toMatchObject(invalid);
    expect(await notifications.peek(bad as never)).toBeUndefined();
    await expect(notifications.confirm(bad as never)).rejects.toMatchObject({ code: 'NOTIFICATION_NOT_FOUND' });
  });

  test.each([{}, undefined, { tell: 'https://a.example' }, { tell: async () => ({}), answerWithinDays: 0 }])(
    'no connector is refused at the start: %j',
    async (connector) => {
      const opened = the.restart({ connectors: { creem: connector as never } });
      await expect(opened).rejects.toMatchObject({ code: 'CONNECTOR_INVALID' });
    },
  );

  test('another service’s notice is none', async () => {
    const { agent } = await twoStaff(the.kept);
    const elsewhere = the.db.collection<{ _id: string }>('kept_notifications');
    await elsewhere.insertOne({ _id: 'notice-x', service: 'other', state: 'queued', version: 0, pending: [] } as never);
    await expect(the.kept.notifications.done('notice-x', agent, 'x')).rejects.toMatchObject({
      code: 'NOTIFICATION_NOT_FOUND',
    });
  });
});
