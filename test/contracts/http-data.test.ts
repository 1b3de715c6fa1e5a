import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { httpData } from '../../packages/core/src/adapters/http/httpData.ts';
import { markOf } from '../../packages/core/src/adapters/http/requestMark.ts';
import { serveData } from '../../packages/core/src/adapters/http/serveData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { personalDataSourceContract } from './personalDataSourceContract.ts';

const KEY = 'a key of thirty-two characters, at the least';

async function listening(listener: RequestListener): Promise<{ url: string; close: () => Promise<unknown> }> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

personalDataSourceContract('MongoDB behind HTTP', async (source) => {
  const { url, close } = await listening(express().use('/kept', serveData(source, { key: KEY })));
  return { source: httpData({ url: `${url}/kept`, key: KEY }), close };
});

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A source of which only some members are asked, behind HTTP; `listener` may stand in its way. */
async function behind(
  source: Partial<PersonalDataSource>,
  more: object = {},
  before: express.RequestHandler = (_req, _res, next) => next(),
) {
  const served = serveData(source as PersonalDataSource, { key: KEY, ...more });
  const { url, close } = await listening(express().use(before, served));
  opened.push(close);
  return { url, asked: (options: object = {}) => httpData({ url, key: KEY, waitMs: 1, ...options }) };
}

describe('a source that cannot be asked', () => {
  test('one that is down is broken after three attempts, and nothing is told to be empty', async () => {
    let attempts = 0;
    const { asked } = await behind({}, {}, (_req, res) => {
      attempts += 1;
      res.status(503).end();
    });

    await expect(asked().survey('ann')).rejects.toMatchObject({ code: 'SOURCE_BROKEN' });
    expect(attempts).toBe(3);
  });

  test('one that does not answer in time is not waited for', async () => {
    const { asked } = await behind({}, {}, () => {});
    await expect(asked({ timeoutMs: 20, attempts: 1 }).exists('ann')).rejects.toMatchObject({ code: 'SOURCE_BROKEN' });
  });

  test.each([
    ['no JSON', 'what?'],
    ['something else', '{"result": 7}'],
    ['nothing', ''],
    ['an instant that is none', '{"result": [{"$date": "tomorrow"}]}'],
  ])('one that answers %s is broken', async (_what, answer) => {
    const { asked } = await behind({}, {}, (_req, res) => void res.send(answer));
    await expect(asked({ attempts: 1 }).survey('ann')).rejects.toMatchObject({ code: 'SOURCE_BROKEN' });
  });

  test('an answer without an end is not read to it', async () => {
    const { asked } = await behind({ subjectsAt: async () => Array.from({ length: 1_000 }, () => 'somebody') });
    await expect(asked({ mostBytes: 1_000 }).subjectsAt('a@b.example')).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
    });
  });

  test('people who break off in the middle are not taken for all', async () => {
    const { asked } = await behind({
      async *peopleBy() {
        yield { subject: 'ann', values: [1] };
        throw new Error('the database is gone');
      },
    });
    const all = async (): Promise<void> => {
      for await (const person of asked().peopleBy('users', { field: 'plan', most: 1 }))
        expect(person.subject).toBe('ann');
    };
    await expect(all()).rejects.toThrow();
  });

  test('it is led nowhere else', async () => {
    const { asked } = await behind({}, {}, (_req, res) => res.redirect(307, 'http://127.0.0.1:1/'));
    await expect(asked().exists('ann')).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  });
});

test('a second look is asked for a collection at a time, so that none of the answers is long in coming', async () => {
  const names = ['a', 'b', 'c'];
  let requests = 0;
  const { asked } = await behind({
    async residue(_captured, { from = { looked: [] as readonly string[] }, pieces = 3 } = {}) {
      requests += 1;
      const looked = [...from.looked, ...names.slice(from.looked.length, from.looked.length + pieces)];
      return { found: [], looked, notLooked: [], ...(looked.length < names.length && { more: true as const }) };
    },
  });
  const beats: number[] = [];
  const beat = async ({ looked }: { looked: readonly string[] }): Promise<void> => void beats.push(looked.length);
  const look = await asked().residue({ subject: 'ann', addresses: [], keys: {} }, { beat });
  expect([look, requests, beats]).toEqual([{ found: [], looked: names, notLooked: [] }, 3, [1, 2, 3]]);
});

test('a person with very much is told of a thousand records at a time', async () => {
  const limits: number[] = [];
  const { asked } = await behind({
    async recordsOf(_subject, _collection, limit) {
      limits.push(limit);
      return [];
    },
  });
  await asked().recordsOf('ann', 'users', 50_000);
  expect(limits).toEqual([1_000]);
});

describe('who may ask', () => {
  const source = { exists: async () => true };

  test('nobody without the key, with an old request, or with another body than was signed', async () => {
    const { url, asked } = await behind(source);
    expect(await asked().exists('ann')).toBe(true);
    await expect(asked({ key: `another ${KEY}` }).exists('ann')).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });

    const body = '{"subject":"ann"}';
    const post = async (headers: Record<string, string>, sent = body) =>
      (await fetch(`${url}/exists`, { method: 'POST', headers, body: sent })).status;
    const marked = { member: 'exists', id: 'r1', body };
    const now = new Date();
    expect(await post(markOf(KEY, marked, now))).toBe(200);
    expect(await post({})).toBe(401);
    expect(await post(markOf(KEY, marked, now), '{"subject":"bob"}')).toBe(401);
    expect(await post(markOf(KEY, { ...marked, member: 'survey' }, now))).toBe(401);
    expect(await post(markOf(KEY, marked, new Date(now.getTime() - 600_000)))).toBe(401);
    expect(await post({ ...markOf(KEY, marked, now), 'kept-request': 'r2' })).toBe(401);
  });

  test.each([
    ['a name that is no text', 'exists', '{"subject":{"$ne":null}}', 422],
    ['a name that is endless', 'exists', JSON.stringify({ subject: 'a'.repeat(1_001) }), 422],
    ['nobody at all', 'exists', '{}', 422],
    ['more than is taken', 'exists', '{"subject":"ann","force":true}', 422],
    ['a list', 'exists', '[]', 422],
    ['what is no member', 'constructor', '{}', 404],
    ['a member of something else', '__proto__', '{}', 404],
  ])('even with the key, %s is refused', async (_what, member, body, status) => {
    const { url } = await behind(source);
    const headers = markOf(KEY, { member, id: 'r1', body }, new Date());
    expect((await fetch(`${url}/${member}`, { method: 'POST', headers, body })).status).toBe(status);
  });

  test('a key that could be guessed, and an address without TLS, are no way to ask', () => {
    expect(() => httpData({ url: 'https://crm.example.org', key: 'short' })).toThrow(
      expect.objectContaining({ code: 'SOURCE_KEY_INVALID' }),
    );
    for (const url of ['http://crm.example.org', 'https://a:b@crm.example.org', 'file:///etc', 'crm', 7 as never])
      expect(() => httpData({ url, key: KEY })).toThrow(expect.objectContaining({ code: 'SOURCE_INVALID' }));
  });
});

test('a change whose answer was lost is asked for again, and not made again', async () => {
  let changes = 0;
  let lost = 0;
  const { asked } = await behind(
    {
      async correct() {
        changes += 1;
        return changes;
      },
    },
    {},
    (_req, res, next) => {
      lost += 1;
      // The source has done it; the connection breaks before anybody hears of it.
      if (lost === 1) res.send = () => res.destroy() as never;
      next();
    },
  );

  const correction = { collection: 'users', field: 'name', from: 'An', to: 'Ann', limit: 1 };
  expect(await asked().correct('ann', correction)).toBe(1);

  expect([changes, lost]).toEqual([1, 2]);
});
