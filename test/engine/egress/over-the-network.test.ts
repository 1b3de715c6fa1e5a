import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type EgressGate, egressInterceptor } from '@kept/core';
import sharp from 'sharp';
import { Agent, fetch as undiciFetch, request as undiciRequest } from 'undici';
import type { EgressField } from '../../../packages/core/src/kernel/policy/egressRule.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { mara, withEgress } from './gate.ts';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let the: Scene;
let gate: EgressGate;
let subject: string;
let server: Server;
let home: string;
const received: Received[] = [];
const photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#a04' } })
  .jpeg()
  .withExif({ IFD0: { Artist: 'Mara Keller' } })
  .toBuffer();

beforeAll(async () => {
  server = createServer(async (req, res) => {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part);
    received.push({ method: req.method ?? '', url: req.url ?? '', headers: req.headers, body: Buffer.concat(parts) });
    const [, status, to] = /^\/redirect\/(\d+)\/(.*)$/.exec(req.url ?? '') ?? [];
    if (status !== undefined) res.writeHead(Number(status), { location: decodeURIComponent(to ?? '') }).end();
    else res.end('made');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const fields: EgressField[] = [
    { path: 'prompt', category: 'generation.prompt' },
    { path: '?style', category: 'generation.settings' },
    { path: 'image', category: 'generation.reference', media: 'bytes' },
    { path: 'body', category: 'generation.reference', media: 'bytes' },
  ];
  the = await scene({ policy: await withEgress('sdance-ai', { hosts: ['127.0.0.1', 'fal.run'], fields }) });
  ({ subject } = await mara(the));
  gate = the.kept.egress('fal-ai', { subject, generation: 'g-1' });
});
afterEach(() => {
  received.length = 0;
});
afterAll(async () => {
  await the.close();
  server.closeAllConnections();
  server.close();
});

const json = { 'content-type': 'application/json' };
const wish = JSON.stringify({ prompt: 'a boat for Mara Keller', email: 'mara.keller@example.org' });
const texts = (): string =>
  JSON.stringify(received.map(({ body, ...rest }) => ({ ...rest, body: body.toString('latin1') })));

describe('fetch through a gate sends what may leave', () => {
  test('of JSON', async () => {
    const answer = await gate.fetch(`${home}/run`, { method: 'POST', headers: json, body: wish });
    expect(await answer.text()).toBe('made');
    expect(JSON.parse(String(received[0]?.body))).toEqual({ prompt: 'a boat for [removed]' });
    expect(received[0]?.headers['content-type']).toBe('application/json');
    expect(Number(received[0]?.headers['content-length'])).toBe(received[0]?.body.length);
  });

  test('of a form with a file, which goes without its metadata and its name', async () => {
    const form = new FormData();
    form.append('prompt', 'a boat');
    form.append('image', new Blob([photo], { type: 'image/jpeg' }), 'mara_keller_at_home.jpg');
    form.append('email', 'mara.keller@example.org');
    await gate.fetch(`${home}/run`, { method: 'POST', body: form });
    expect(String(received[0]?.body)).toContain('filename="file.jpg"');
    expect(texts()).toContain('a boat');
    expect(texts()).not.toMatch(/mara|keller|Exif/i);
  });

  test('of an encoded form', async () => {
    const body = new URLSearchParams({ prompt: 'hi mara.keller@example.org', other: '1' });
    await gate.fetch(`${home}/run`, { method: 'POST', body });
    expect(String(received[0]?.body)).toBe('prompt=hi+%5Bremoved%5D');
  });

  test('of bytes', async () => {
    await gate.fetch(`${home}/put`, { method: 'PUT', body: photo });
    expect(received[0]?.headers['content-type']).toBe('image/jpeg');
    expect((await sharp(received[0]?.body).metadata()).exif).toBeUndefined();
  });

  test('of the address: parameters that are listed, and no others', async () => {
    await gate.fetch(`${home}/status?style=oil&user=${subject}`);
    expect(received[0]).toMatchObject({ method: 'GET', url: '/status?style=oil' });
  });

  test('of headers: those that tell of nobody', async () => {
    const headers = {
      Authorization: 'Key 01234567-89ab-4cde-8fab-0123456789ab:0123456789abcdef0123456789abcdef',
      Cookie: 'session=1',
      Referer: 'https://app.test/videos',
      From: 'somebody@example.org',
      'X-User-Id': '1',
      'Accept-Language': 'de-AT, fr;q=0.3',
      'Sec-CH-UA-Model': '"Pixel 9"',
      'Fly-Client-IP': '192.0.2.7',
      'X-Trace': `by-${subject}`,
      Accept: 'application/json',
    };
    await gate.fetch(`${home}/run`, { method: 'POST', headers: { ...headers, ...json }, body: wish });
    const { authorization, accept, cookie, referer, from, ...others } = received[0]?.headers ?? {};
    expect([authorization, accept]).toEqual([headers.Authorization, 'application/json']);
    expect([cookie, referer, from, others['x-user-id'], others['x-trace']].filter(Boolean)).toEqual([]);
    expect(JSON.stringify(others)).not.toMatch(/de-AT|Pixel|192\.0\.2\.7/);
    const found = (await the.kept.disclosures.list()).flatMap(({ withheld }) => withheld.personal);
    expect(found.join()).toMatch(/subject|_id/);
  });
});

describe('and nothing at all', () => {
  const refused = { code: 'EGRESS_REFUSED' };

  test('to a host that is not listed, without TLS, or with a password in the address', async () => {
    for (const address of [
      'https://elsewhere.test/',
      'http://fal.run/',
      `${home.replace('//', '//me:pw@')}/`,
      'https://fal.run.elsewhere.test/',
    ]) {
      await expect(gate.fetch(address, { method: 'POST', headers: json, body: wish })).rejects.toThrow();
    }
    expect(received).toEqual([]);
  });

  test('over an unencrypted connection in production, even on this machine (part of sdance-ai.security.tls)', async () => {
    process.env.NODE_ENV = 'production';
    try {
      await expect(gate.fetch(`${home}/run`, { method: 'POST', headers: json, body: wish })).rejects.toMatchObject(
        refused,
      );
    } finally {
      process.env.NODE_ENV = 'test';
    }
    await expect(gate.fetch('http://fal.run/', { method: 'POST', headers: json, body: wish })).rejects.toMatchObject({
      because: [expect.objectContaining({ text: 'the connection is not encrypted' })],
    });
  });

  test('where a value of the person stands in the path', async () => {
    await expect(gate.fetch(`${home}/users/${subject}`)).rejects.toMatchObject(refused);
    await expect(gate.fetch(`${home}/mara%2Ekeller%40example.org`)).rejects.toMatchObject(refused);
    expect(received).toEqual([]);
  });

  test('where a redirect leads to another host; on the same one it is followed', async () => {
    const post = { method: 'POST', headers: json, body: wish };
    const to = (status: number, address: string): Promise<Response> =>
      gate.fetch(`${home}/redirect/${status}/${encodeURIComponent(address)}`, post);
    await expect(to(307, 'https://elsewhere.test/')).rejects.toMatchObject(refused);
    received.length = 0;
    await to(307, '/there');
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([expect.any(String), 'POST /there']);
    expect(received[1]?.body).toEqual(received[0]?.body);
    received.length = 0;
    await to(303, '/there');
    expect(received[1]).toMatchObject({ method: 'GET', body: Buffer.alloc(0) });
    await expect(to(307, `${home}/redirect/307/%2Fredirect%2F307%2F`)).rejects.toThrow();
  });

  test('of a body that is not what it says', async () => {
    await expect(gate.fetch(`${home}/run`, { method: 'POST', headers: json, body: '{"prompt"' })).rejects.toMatchObject(
      {
        code: 'EGRESS_INVALID',
      },
    );
    await expect(gate.fetch(`${home}/put`, { method: 'PUT', body: Buffer.from('no picture') })).rejects.toMatchObject({
      code: 'MEDIA_REFUSED',
    });
    expect(received).toEqual([]);
  });
});

describe('the interceptor lets what undici sends through the gate', () => {
  const dispatcher = (): Agent => new Agent().compose(egressInterceptor(gate)) as Agent;

  test('of its fetch and of its clients', async () => {
    const post = { method: 'POST', headers: json, body: wish, dispatcher: dispatcher() } as const;
    await (await undiciFetch(`${home}/run?style=oil&user=1`, post)).text();
    await (await undiciRequest(`${home}/run`, { ...post, query: { style: 'ink', user: subject } })).body.text();
    expect(received.map(({ url }) => url)).toEqual(['/run?style=oil', '/run?style=ink']);
    for (const { body } of received) expect(JSON.parse(String(body))).toEqual({ prompt: 'a boat for [removed]' });
    expect(texts()).not.toMatch(/mara|keller/i);
  });

  test('and nothing where the path names another host than it goes to, or the connection becomes a WebSocket', async () => {
    const refused = { code: 'EGRESS_INVALID' };
    const elsewhere = { origin: home.replace('127.0.0.1', 'localhost'), path: `${home}/run`, method: 'POST' } as const;
    await expect(dispatcher().request({ ...elsewhere, headers: json, body: wish })).rejects.toMatchObject(refused);
    await expect(
      dispatcher().upgrade({ origin: home, path: '/run', protocol: 'websocket' } as never),
    ).rejects.toMatchObject(refused);
    expect(received).toEqual([]);
  });

  test('and fails as the request where it may not leave', async () => {
    const post = { method: 'POST', headers: json, body: wish, dispatcher: dispatcher() } as const;
    await expect(undiciRequest('https://elsewhere.test/', post)).rejects.toMatchObject({ code: 'EGRESS_REFUSED' });
    await expect(undiciFetch('https://elsewhere.test/', post)).rejects.toMatchObject({
      cause: expect.objectContaining({ code: 'EGRESS_REFUSED' }),
    });
    expect(received).toEqual([]);
  });
});
