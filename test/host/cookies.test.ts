import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cookiesOf, globalPrivacyControl, type Kept } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { type Scene, scene } from '../support/scene.ts';
import { unreadable } from '../support/unreadable.ts';

let the: Scene;
let kept: Kept;
let app: express.Express;
/** Who is signed in at the host. */
let signedIn: string | undefined;
/** The browser: its cookies by name, and whether it sends the signal. */
const jar = new Map<string, string>();
let signal: string | undefined;

const kinds = { sid: 'necessary', _ga: 'analytics', '_ga_*': 'analytics', speed: 'performance' };

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  const subjectOf = (): string | undefined => signedIn;
  app = express();
  app.get('/.well-known/gpc.json', globalPrivacyControl('2026-03-01'));
  app.use(kept.cookies({ kinds, subjectOf }));
  app.use('/privacy', kept.router({ subjectOf }));
  app.get('/', (req, res) => {
    for (const name of ['sid', '_ga', '_ga_X1', 'speed']) res.cookie(name, 'v', { path: '/' });
    const beacon = cookiesOf(req).may('analytics') ? '<img src="/beacon.gif">' : '';
    res.send(`<p>A page</p>${beacon}`);
  });
  app.get('/raw', (_req, res) => {
    res.writeHead(200, 'Fine', [
      ['Set-Cookie', '_ga=raw; Path=/'],
      ['Set-Cookie', 'sid=raw; Path=/'],
      ['X-Other', 'stays'],
    ] as never);
    res.end('raw');
  });
  app.get('/strange', (_req, res) => {
    res.append('Set-Cookie', 'tracker=1; Path=/');
    res.append('Set-Cookie', 'older=; Path=/; Max-Age=0');
    res.send('strange');
  });
});
afterAll(() => the.close());
beforeEach(() => {
  signedIn = undefined;
  signal = undefined;
  jar.clear();
});

/** One call of the browser; what the answer sets, it keeps. */
async function call(method: 'get' | 'post', path: string, body?: object): Promise<request.Response> {
  the.clock.forward({ seconds: 2 });
  const sent = request(app)[method](path).set('Accept', 'application/json').redirects(0);
  if (jar.size > 0) sent.set('Cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
  if (signal !== undefined) sent.set('Sec-GPC', signal);
  const answer = await (body ? sent.send(body) : sent);
  for (const line of (answer.headers['set-cookie'] ?? []) as unknown as string[]) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/Max-Age=0/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
  return answer;
}
const visit = async (): Promise<string[]> => {
  await call('get', '/');
  return [...jar.keys()].filter((name) => name !== 'kept_choices').sort();
};
const say = (kind: string, what: 'give' | 'withdraw'): Promise<request.Response> =>
  call('post', '/privacy/cookies', { kind, what });

describe('a browser without an account', () => {
  test('sdance-ai.cookie.control: a refusal is kept, heeded from the next request on, and changed again at any time; and so is Sec-GPC', async () => {
    expect(await visit()).toEqual(['sid']);
    await say('analytics', 'give');
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
    await say('analytics', 'withdraw');
    expect(await visit()).toEqual(['sid']);
    await say('analytics', 'give');
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);

    signal = '1';
    expect(await visit()).toEqual(['sid']);
    // A yes that is said against the signal, on this site, is the newer word.
    await say('performance', 'give');
    expect(await visit()).toEqual(['sid', 'speed']);
    signal = undefined;
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid', 'speed']);
  });

  test.each(['0', '1, 1', 'true', ''])('is not taken to refuse by a field of another value: %j', async (value) => {
    await say('analytics', 'give');
    signal = value;
    expect(await visit()).toContain('_ga');
  });

  test('withdraws with as many calls as it gives: one, and one form that works without a script', async () => {
    const page = await request(app).get('/privacy/cookies').set('Accept', 'text/html');
    const forms = page.text.match(/<form[\s\S]*?<\/form>/g) ?? [];
    expect(forms).toHaveLength(2);
    expect(forms.every((form) => form.includes('action="/privacy/cookies"'))).toBe(true);
    expect(page.text).not.toContain('<script');

    const calls = { give: 0, withdraw: 0 };
    for (const what of ['give', 'withdraw'] as const) {
      const wanted = what === 'give';
      for (let allowed = !wanted; allowed !== wanted; calls[what] += 1) {
        const answer = await request(app)
          .post('/privacy/cookies')
          .type('form')
          .set('Accept', 'text/html')
          .set('Cookie', `kept_choices=${jar.get('kept_choices') ?? ''}`)
          .send({ kind: 'analytics', what });
        expect([answer.status, answer.headers.location]).toEqual([303, '/privacy/cookies']);
        jar.set('kept_choices', /kept_choices=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '');
        allowed = (await call('get', '/privacy/cookies')).body.kinds.some(
          (one: { kind: string; isAllowed: boolean }) => one.kind === 'analytics' && one.isAllowed,
        );
      }
    }
    expect(calls).toEqual({ give: 1, withdraw: 1 });
  });

  test('keeps its choice in one cookie that names kinds and times and nobody', async () => {
    await say('analytics', 'give');
    const mine = jar.get('kept_choices') ?? '';
    const [written = ''] = mine.split('.');
    expect(JSON.parse(Buffer.from(written, 'base64url').toString())).toEqual([
      ['analytics-cookies', 1, expect.any(Number), 0],
    ]);
    for (let again = 0; again < 30; again += 1) await say('performance', again % 2 ? 'give' : 'withdraw');
    expect((jar.get('kept_choices') ?? '').length).toBeLessThan(200);
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
    jar.set('kept_choices', change(jar.get('kept_choices') ?? ''));
    expect(await visit()).toEqual(['sid']);
  });

  test('is rid of what a script had set, for the domains above as well', async () => {
    jar.set('_ga', 'by a script').set('unknown', '1').set('__Host-x', '1');
    const answer = await request(app)
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
  test('is looked at, even where the head is written by hand', async () => {
    const answer = await call('get', '/raw');
    expect([answer.status, answer.text, answer.headers['x-other']]).toEqual([200, 'raw', 'stays']);
    expect(answer.headers['set-cookie']).toEqual(['sid=raw; Path=/']);
  });

  test('is held back and reported where nobody said of which kind it is; what ends a cookie passes', async () => {
    const answer = await call('get', '/strange');
    expect(answer.headers['set-cookie']).toEqual(['older=; Path=/; Max-Age=0']);
    let found: string[] = [];
    for (let look = 0; look < 200 && found.length === 0; look += 1) {
      found = (await kept.findings.open()).flatMap(({ code, text }) => (code === 'COOKIE_UNREGISTERED' ? [text] : []));
    }
    expect(found).toEqual([expect.stringContaining('tracker')]);
  });

  test('sdance-ai.cookie.similar: a beacon in a page waits for the same yes as a cookie does', async () => {
    expect((await call('get', '/')).text).not.toContain('beacon');
    await say('analytics', 'give');
    expect((await call('get', '/')).text).toContain('beacon');
  });

  test('is refused a kind that the notice does not name, at the start', () => {
    const wrong = { kinds: { a: 'necessary', b: 'anything' }, subjectOf: () => undefined };
    expect(() => kept.cookies(wrong)).toThrow(
      expect.objectContaining({ code: 'COOKIES_INVALID', place: expect.stringContaining('b') }),
    );
    expect(() => cookiesOf({})).toThrow(expect.objectContaining({ code: 'COOKIES_INVALID' }));
  });
});

describe('an account', () => {
  test('has its own history, objections included, on every browser', async () => {
    signedIn = 'ann';
    await say('analytics', 'give');
    expect(jar.has('kept_choices')).toBe(false);
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
    await kept.objections.object('ann', 'analytics', 'settings');
    expect(await visit()).toEqual(['sid']);
  });

  test('takes over what the browser chose before, and no yes that it had refused itself', async () => {
    await kept.consents.withdraw('bo', 'performance-cookies', 'settings');
    await say('analytics', 'give');
    await say('performance', 'give');
    signedIn = 'bo';
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
    expect(jar.has('kept_choices')).toBe(false);
    expect(await kept.consents.history('bo')).toEqual([
      expect.objectContaining({ flag: 'performance-cookies', what: 'withdrawn', source: 'settings' }),
      expect.objectContaining({ flag: 'analytics-cookies', what: 'given', source: 'chosen before sign-in' }),
    ]);
  });

  test('takes over a no that is the newest word', async () => {
    await kept.consents.give('cy', 'analytics-cookies', 'settings');
    await say('analytics', 'withdraw');
    signedIn = 'cy';
    expect(await visit()).toEqual(['sid']);
    the.clock.forward({ seconds: 1 });
    await kept.consents.give('cy', 'analytics-cookies', 'settings');
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
  });

  test('heeds the signal of a browser on all of them, until it says otherwise here', async () => {
    signedIn = 'di';
    await say('analytics', 'give');
    signal = '1';
    expect(await visit()).toEqual(['sid']);
    signal = undefined;
    expect(await visit()).toEqual(['sid']);
    signal = '1';
    await say('analytics', 'give');
    expect(await visit()).toEqual(['_ga', '_ga_X1', 'sid']);
  });

  test('gets only what needs no yes while nobody can tell what it said', async () => {
    await kept.consents.give('eve', 'analytics-cookies', 'settings');
    const house = await the.restart({ data: { db: unreadable(the.db) }, control: { db: the.db } });
    const down = express();
    down.use(house.cookies({ kinds, subjectOf: () => 'eve' }));
    down.get('/', (_req, res) => {
      for (const name of ['sid', '_ga']) res.cookie(name, 'v');
      res.send('still there');
    });
    const answer = await request(down).get('/');
    expect([answer.status, answer.headers['set-cookie']]).toEqual([200, ['sid=v; Path=/']]);
  });
});

describe('bad input', () => {
  test.each([
    [{ kind: 'necessary', what: 'give' }, 422],
    [{ kind: { $ne: '' }, what: 'give' }, 422],
    [{ kind: 'analytics', what: 'toString' }, 422],
    [{ kind: '__proto__', what: 'give' }, 422],
  ])('%j is refused and nothing is set', async (body, status) => {
    const answer = await call('post', '/privacy/cookies', body);
    expect([answer.status, answer.headers['set-cookie']]).toEqual([status, undefined]);
  });

  test('another site cannot say yes for somebody', async () => {
    const answer = await request(app)
      .post('/privacy/cookies')
      .set('Origin', 'https://evil.test')
      .send({ kind: 'analytics', what: 'give' });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
  });
});

test('the site says that it heeds the signal', async () => {
  const answer = await request(app).get('/.well-known/gpc.json');
  expect([answer.type, answer.body]).toEqual(['application/json', { gpc: true, lastUpdate: '2026-03-01' }]);
  expect(() => globalPrivacyControl('today')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
});
