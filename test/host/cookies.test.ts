import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cookiesOf, globalPrivacyControl } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { type CookieSite, cookieSite, kinds } from './cookieSite.ts';

let site: CookieSite;

beforeAll(async () => {
  site = await cookieSite();
});
afterAll(() => site.the.close());
beforeEach(() => site.anew());

const visit = (): Promise<string[]> => site.visit();
const say = (kind: string, what: 'give' | 'withdraw'): Promise<unknown> => site.say(kind, what);

describe('a browser without an account', () => {
  test('sdance-ai.cookie.control: a refusal is kept, heeded from the next request on, and changed again at any time; and so is Sec-GPC', async () => {
    expect(await visit()).toEqual(['sid']);
    await say('analytics', 'give');
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
    await say('analytics', 'withdraw');
    expect(await visit()).toEqual(['sid']);
    await say('analytics', 'give');
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);

    site.browser.signal = '1';
    expect(await visit()).toEqual(['sid']);
    // A yes that is said against the signal, on this site, is the newer word.
    await say('performance', 'give');
    expect(await visit()).toEqual(['sid', 'speed']);
    site.browser.signal = undefined;
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid', 'speed']);
  });

  test.each(['0', '1, 1', 'true', ''])('is not taken to refuse by a field of another value: %j', async (value) => {
    await say('analytics', 'give');
    site.browser.signal = value;
    expect(await visit()).toContain('_ga');
  });

  test('withdraws with as many calls as it gives: one, and one form that works without a script', async () => {
    const page = await request(site.app).get('/privacy/cookies').set('Accept', 'text/html');
    const forms = page.text.match(/<form[\s\S]*?<\/form>/g) ?? [];
    expect(forms).toHaveLength(2);
    expect(forms.every((form) => form.includes('action="/privacy/cookies"'))).toBe(true);
    expect(page.text).not.toContain('<script');

    const calls = { give: 0, withdraw: 0 };
    for (const what of ['give', 'withdraw'] as const) {
      const wanted = what === 'give';
      for (let allowed = !wanted; allowed !== wanted; calls[what] += 1) {
        const answer = await request(site.app)
          .post('/privacy/cookies')
          .type('form')
          .set('Accept', 'text/html')
          .set('Cookie', `kept_choices=${site.jar.get('kept_choices') ?? ''}`)
          .send({ kind: 'analytics', what });
        expect([answer.status, answer.headers.location]).toEqual([303, '/privacy/cookies']);
        site.jar.set('kept_choices', /kept_choices=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '');
        allowed = (await site.call('get', '/privacy/cookies')).body.kinds.some(
          (one: { kind: string; isAllowed: boolean }) => one.kind === 'analytics' && one.isAllowed,
        );
      }
    }
    expect(calls).toEqual({ give: 1, withdraw: 1 });
  });

  test('keeps its choice in one cookie that names kinds and times and nobody', async () => {
    await say('analytics', 'give');
    const mine = site.jar.get('kept_choices') ?? '';
    const [written = ''] = mine.split('.');
    expect(JSON.parse(Buffer.from(written, 'base64url').toString())).toEqual([
      ['analytics-cookies', 1, expect.any(Number), 0],
    ]);
    for (let again = 0; again < 30; again += 1) await say('performance', again % 2 ? 'give' : 'withdraw');
    expect((site.jar.get('kept_choices') ?? '').length).toBeLessThan(200);
  });

  test.each([
    [
      'another yes',
      (value: string) =>
        `${Buffer.from('[["performance-cookies",1,1,0]]').toString('base64url')}.${value.split('.')[1]}`,
    ],
    ['no signature', (value: string) => value.split('.')[0] ?? ''],
    ['rubbish', () => '[object Object].$ne'],
    ['too much', () => `${'A'.repeat(4_000)}.${'0'.repeat(32)}`],
  ])('says nothing by a cookie with %s', async (_name, change) => {
    await say('analytics', 'give');
    site.jar.set('kept_choices', change(site.jar.get('kept_choices') ?? ''));
    expect(await visit()).toEqual(['sid']);
  });

  test('is rid of what a script had set, for the domains above as well', async () => {
    site.jar.set('_ga', 'by a script').set('unknown', '1').set('__Host-x', '1');
    const answer = await request(site.app)
      .get('/raw')
      .set('Host', 'app.example.org')
      .set('Cookie', '_ga=1; __Host-x=1; sid=s');
    const ended = (answer.headers['set-cookie'] as unknown as string[]).filter((line) => line.includes('Max-Age=0'));
    expect(ended).toEqual([
      '_ga=; Path=/; Max-Age=0',
      '_ga=; Path=/; Domain=app.example.org; Max-Age=0',
      '_ga=; Path=/; Domain=example.org; Max-Age=0',
      '__Host-x=; Path=/; Max-Age=0; Secure',
      '__Host-x=; Path=/; Domain=app.example.org; Max-Age=0; Secure',
      '__Host-x=; Path=/; Domain=example.org; Max-Age=0; Secure',
    ]);
    expect(await visit()).toEqual(['sid']);
  });
});

describe('whatever sets a cookie', () => {
  test('is looked at, even where it was mounted before and sets it last, as a session does', async () => {
    const app = express();
    app.use((_req, res, next) => {
      const writeHead = res.writeHead;
      res.writeHead = ((...head: never) => {
        res.setHeader('Set-Cookie', [...[res.getHeader('set-cookie') ?? []].flat().map(String), 'sid=1', 'tracker=1']);
        res.appendHeader('Set-Cookie', '_ga=1');
        res.setHeader('X-Other', 'stays');
        return writeHead.apply(res, head);
      }) as typeof writeHead;
      next();
    });
    app.use(site.the.kept.cookies({ kinds, subjectOf: () => undefined }));
    app.get('/', (_req, res) => void res.cookie('sid', '0', { path: '/' }).send('page'));
    const { headers } = await request(app).get('/');
    expect([headers['set-cookie'], headers['x-other']]).toEqual([['sid=0; Path=/', 'sid=1'], 'stays']);
  });

  test('is looked at, even where the head is written by hand', async () => {
    const answer = await site.call('get', '/raw');
    expect([answer.status, answer.text, answer.headers['x-other']]).toEqual([200, 'raw', 'stays']);
    expect(answer.headers['set-cookie']).toEqual(['sid=raw; Path=/']);
  });

  test('is held back and reported where nobody said of which kind it is; what ends a cookie passes', async () => {
    const answer = await site.call('get', '/strange');
    expect(answer.headers['set-cookie']).toEqual(['older=; Path=/; Max-Age=0']);
    let found: string[] = [];
    for (let look = 0; look < 200 && found.length < 3; look += 1) {
      found = (await site.the.kept.findings.open()).flatMap(({ code, text }) =>
        code === 'COOKIE_UNREGISTERED' ? [text] : [],
      );
    }
    expect(found.sort()).toEqual(['broken', 'posing', 'tracker'].map((name) => expect.stringContaining(name)));
  });

  test('in a page, a beacon waits for the same yes as a cookie does (part of sdance-ai.cookie.similar)', async () => {
    expect((await site.call('get', '/')).text).not.toContain('beacon');
    await say('analytics', 'give');
    expect((await site.call('get', '/')).text).toContain('beacon');
  });

  test('is refused a kind that the notice does not name, at the start', () => {
    const wrong = { kinds: { a: 'necessary', b: 'anything' }, subjectOf: () => undefined };
    expect(() => site.the.kept.cookies(wrong)).toThrow(
      expect.objectContaining({ code: 'COOKIES_INVALID', place: expect.stringContaining('b') }),
    );
    expect(() => cookiesOf({})).toThrow(expect.objectContaining({ code: 'COOKIES_INVALID' }));
  });
});

describe('a banner of the host’s own', () => {
  const said = async (): Promise<string> => (await site.call('get', '/')).text.match(/Said: (.*) and/)?.[1] ?? '';

  test('asks who said nothing, and nobody twice', async () => {
    expect(await said()).toBe('undefined');
    await say('analytics', 'give');
    expect(await said()).toBe('yes');
    await say('analytics', 'withdraw');
    expect(await said()).toBe('no');
    expect((await site.call('get', '/')).text).toContain('and undefined');

    site.anew();
    site.browser.signal = '1';
    expect(await said()).toBe('no');

    site.anew();
    site.browser.signedIn = 'fay';
    expect(await said()).toBe('undefined');
    await site.the.kept.objections.object('fay', 'analytics', 'settings');
    expect(await said()).toBe('no');
  });

  const from = async (back: unknown): Promise<string | undefined> => {
    const choice = { kind: 'analytics', what: 'give', back };
    const answer = await request(site.app)
      .post('/privacy/cookies')
      .set('Accept', 'text/html')
      .type('form')
      .send(choice);
    expect(answer.status).toBe(303);
    return answer.headers.location;
  };

  test('returns to the page from which it was sent', async () => {
    expect(await from('/films?utm_source=spring')).toBe('/films?utm_source=spring');
  });

  test.each([
    'https://evil.test/',
    '//evil.test/',
    '/\\evil.test/',
    '/\t/evil.test/',
    '/.//evil.test/',
    'javascript:alert(1)',
    `/${'x'.repeat(3_000)}`,
  ])('leads nowhere else: %j', async (back) => {
    expect(await from(back)).toBe('/privacy/cookies');
  });
});

describe('bad input', () => {
  test.each([
    [{ kind: 'necessary', what: 'give' }, 422],
    [{ kind: { $ne: '' }, what: 'give' }, 422],
    [{ kind: 'analytics', what: 'toString' }, 422],
    [{ kind: '__proto__', what: 'give' }, 422],
  ])('%j is refused and nothing is set', async (body, status) => {
    const answer = await site.call('post', '/privacy/cookies', body);
    expect([answer.status, answer.headers['set-cookie']]).toEqual([status, undefined]);
  });

  test('another site cannot say yes for somebody', async () => {
    const answer = await request(site.app)
      .post('/privacy/cookies')
      .set('Origin', 'https://evil.test')
      .send({ kind: 'analytics', what: 'give' });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
  });
});

test('the site says that it heeds the signal', async () => {
  const answer = await request(site.app).get('/.well-known/gpc.json');
  expect([answer.type, answer.body]).toEqual(['application/json', { gpc: true, lastUpdate: '2026-03-01' }]);
  expect(() => globalPrivacyControl('today')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
});
