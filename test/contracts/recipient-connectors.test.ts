import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { emailConnector, memoryKeys, verifyNotification, webhookConnector } from '@kept/core';
import type { NoticeMeans, RecipientNotice } from '../../packages/core/src/engine/ports/recipientConnector.ts';
import { type RecipientHouse, recipientHouse } from '../support/recipientHouse.ts';

const NOW = new Date('2026-03-03T08:00:00Z');
const keys = memoryKeys();
const notice: RecipientNotice = {
  id: 'notice-5f3a',
  at: NOW,
  what: 'erasure',
  service: 'sdance-ai',
  controller: { name: 'Sdance AI', contact: 'support@sdance.test' },
  references: ['g-1', 'g-2'],
  categories: ['generation.prompt'],
  dueOn: '2026-03-17',
  confirmAt: 'https://sdance.test/privacy/told/notice-5f3a.0c1d',
};
const means = async (): Promise<NoticeMeans> => ({ signer: await keys.signer(), letter: async () => undefined });
const published = async () => {
  const { keyId, publicKey } = await keys.signer();
  return [{ keyId, algorithm: 'Ed25519', publicKey }] as const;
};

describe('a signed webhook', () => {
  let house: RecipientHouse;
  beforeEach(async () => {
    house = await recipientHouse(keys, () => NOW);
  });
  afterEach(() => house.close());

  const tell = async (options: Parameters<typeof webhookConnector>[1] = {}): Promise<unknown> =>
    webhookConnector(house.url, options).tell(notice, await means());

  test('says what is to be done with what, to somebody who can tell that it is from us', async () => {
    await expect(tell({ authorization: 'Bearer key' })).resolves.toEqual({ done: false });

    expect(house.calls).toMatchObject([{ notice, headers: { authorization: 'Bearer key', 'webhook-id': notice.id } }]);
    expect(JSON.parse(house.calls[0]?.body ?? '')).toMatchObject({ type: 'personal-data.erasure' });
  });

  test('comes again under the same id, with the time of the new attempt', async () => {
    await tell();
    await webhookConnector(house.url).tell({ ...notice, at: new Date(NOW.getTime() + 60_000) }, await means());

    expect(house.calls.map(({ notice: { id } }) => id)).toEqual([notice.id, notice.id]);
    expect(new Set(house.calls.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(2);
  });

  test('hears at once that it is done', async () => {
    house.answers = (answer) => answer.end('{"done":true}');
    await expect(tell()).resolves.toEqual({ done: true });
  });

  test.each(['{"done":"true"}', 'null', '[', `{"done":true${' '.repeat(70_000)}}`])(
    'takes nothing else for that, and reads no more of it than it needs',
    async (said) => {
      house.answers = (answer) => answer.end(said);
      await expect(tell()).resolves.toEqual({ done: false });
    },
  );

  test.each([500, 502, 503, 408, 409, 425, 429])('%i passes', async (status) => {
    house.answers = (answer) => answer.writeHead(status).end();
    await expect(tell()).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED', permanent: false });
  });

  test.each([400, 401, 404, 410, 422, 501])('%i stands', async (status) => {
    house.answers = (answer) => answer.writeHead(status).end('ann@example.org is not known');
    const refused = tell();
    await expect(refused).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED', permanent: true });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('ann') });
  });

  test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed, wherever it leads', async (status) => {
    const elsewhere = await recipientHouse(keys, () => NOW);
    house.answers = (answer) => answer.writeHead(status, { location: elsewhere.url }).end();
    await expect(tell()).rejects.toMatchObject({ permanent: true });
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.close();
  });

  test('somebody who takes it and never answers, or never stops, is left in time', async () => {
    house.answers = () => undefined;
    await expect(tell({ timeoutMs: 50 })).rejects.toMatchObject({ code: 'WEBHOOK_UNHEARD' });
    house.answers = (answer) => answer.writeHead(200).write('{');
    await expect(tell({ timeoutMs: 50 })).rejects.toMatchObject({ code: 'WEBHOOK_UNHEARD' });
  });

  test('nobody there passes', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const told = webhookConnector(`http://127.0.0.1:${port}`).tell(notice, await means());
    await expect(told).rejects.toMatchObject({ code: 'WEBHOOK_UNHEARD' });
    await expect(told).rejects.not.toMatchObject({ permanent: true });
  });
});

describe('where a webhook may go', () => {
  test.each([
    'http://recipient.example/hook',
    'ftp://recipient.example/hook',
    'https://user:secret@recipient.example/hook',
    'recipient.example',
    '',
    { $gt: '' } as never,
  ])('not to %s', (address) => {
    expect(() => webhookConnector(address)).toThrow(expect.objectContaining({ code: 'WEBHOOK_INVALID' }));
  });

  test.each([
    'https://10.1.2.3/hook',
    'https://192.168.0.1/hook',
    'https://169.254.169.254/latest',
    'https://100.64.0.1/hook',
    'https://[fd00::1]/hook',
    'https://[fe80::1]/hook',
    'https://[::ffff:10.1.2.3]/hook',
    'https://0.0.0.0/hook',
    'https://167838211/hook',
  ])('%s is no public address', async (address) => {
    const told = webhookConnector(address).tell(notice, await means());
    await expect(told).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED', permanent: true });
  });

  test('a name is looked at when it is called: where it leads to a machine of ours, nothing goes there', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    const told = webhookConnector('https://localhost:1/hook').tell(notice, await means());
    await expect(told).rejects.toMatchObject({ code: 'WEBHOOK_REFUSED', permanent: true });
    process.env.NODE_ENV = before;
  });

  test('a range that is declared is meant', async () => {
    const told = webhookConnector('https://10.1.2.3:1/hook', { privateNetworks: ['10.1.0.0/16'], timeoutMs: 30 });
    await expect(told.tell(notice, await means())).rejects.toMatchObject({ code: 'WEBHOOK_UNHEARD' });
    expect(() => webhookConnector('https://a.example', { privateNetworks: ['ten'] })).toThrow(
      expect.objectContaining({ code: 'WEBHOOK_INVALID' }),
    );
  });
});

describe('whoever gets a notice', () => {
  const sent = async (): Promise<{ headers: Record<string, string>; body: string }> => {
    const house = await recipientHouse(keys, () => NOW);
    await webhookConnector(house.url).tell(notice, await means());
    await house.close();
    const [call] = house.calls;
    if (!call) throw new Error('Nothing arrived');
    return { headers: call.headers as Record<string, string>, body: call.body };
  };
  const refused = expect.objectContaining({ code: 'NOTICE_REFUSED' });

  test('reads it as it was sent', async () => {
    const raw = await sent();
    expect(verifyNotification(raw, await published(), NOW)).toEqual(notice);
    expect(verifyNotification({ ...raw, body: Buffer.from(raw.body) }, await published(), NOW)).toEqual(notice);
  });

  test('refuses what was changed, is too old, signed by somebody else, or not signed at all', async () => {
    const { headers, body } = await sent();
    const list = await published();
    const other = await memoryKeys().signer();
    const strangers = [{ keyId: other.keyId, algorithm: 'Ed25519', publicKey: other.publicKey }] as const;
    expect(() => verifyNotification({ headers, body: body.replace('g-1', 'g-9') }, list, NOW)).toThrow(refused);
    expect(() => verifyNotification({ headers: { ...headers, 'webhook-id': 'other' }, body }, list, NOW)).toThrow(
      refused,
    );
    expect(() => verifyNotification({ headers, body }, list, new Date(NOW.getTime() + 301_000))).toThrow(refused);
    expect(() => verifyNotification({ headers, body }, list, new Date(NOW.getTime() - 301_000))).toThrow(refused);
    expect(() => verifyNotification({ headers, body }, strangers, NOW)).toThrow(refused);
    expect(() => verifyNotification({ headers: {}, body }, list, NOW)).toThrow(refused);
    const twice = { ...headers, 'webhook-signature': ['v1a,a', 'v1a,b'] };
    expect(() => verifyNotification({ headers: twice, body }, list, NOW)).toThrow(refused);
  });
});

describe('a letter', () => {
  test('goes to the recipient, and who writes it is the house', async () => {
    const letters: string[] = [];
    const lent = { ...(await means()), letter: async (to: string) => void letters.push(to) };
    await expect(emailConnector('Privacy@Vendor.example').tell(notice, lent)).resolves.toEqual({});
    expect(letters).toEqual(['privacy@vendor.example']);
  });

  test.each(['', 'vendor', 'a@b@c.example', { $ne: '' } as never])('not to %s', (to) => {
    expect(() => emailConnector(to)).toThrow(expect.objectContaining({ code: 'CONNECTOR_INVALID' }));
  });
});
