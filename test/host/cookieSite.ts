import { cookiesOf, globalPrivacyControl } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { type Scene, scene } from '../support/scene.ts';

export const kinds = { sid: 'necessary', _ga: 'analytics', '_ga_*': 'analytics', speed: 'performance' };

/** A site that sets cookies of every kind, and one browser that visits it. */
export interface CookieSite {
  readonly the: Scene;
  readonly app: express.Express;
  /** The cookies of the browser, by name. */
  readonly jar: Map<string, string>;
  /** Who is signed in, and what the browser sends as `Sec-GPC`. */
  readonly browser: { signedIn: string | undefined; signal: string | undefined };
  /** One call of the browser, a moment after the last; what the answer sets, it keeps. */
  call(method: 'get' | 'post', path: string, body?: object): Promise<request.Response>;
  /** Looks at the page, and answers which cookies it has then, the one with its choices apart. */
  visit(): Promise<string[]>;
  say(kind: string, what: 'give' | 'withdraw'): Promise<request.Response>;
  /** A new browser, signed in nowhere. */
  anew(): void;
}

export async function cookieSite(): Promise<CookieSite> {
  const the = await scene();
  const browser: CookieSite['browser'] = { signedIn: undefined, signal: undefined };
  const jar = new Map<string, string>();
  const subjectOf = (): string | undefined => browser.signedIn;

  const app = express();
  app.get('/.well-known/gpc.json', globalPrivacyControl('2026-03-01'));
  app.use(the.kept.cookies({ kinds, subjectOf }));
  app.use('/privacy', the.kept.router({ subjectOf }));
  app.get('/', (req, res) => {
    for (const name of ['sid', '_ga', '_ga_X1', 'speed']) res.cookie(name, 'v', { path: '/' });
    const { may, said } = cookiesOf(req);
    const beacon = may('analytics') ? '<img src="/beacon.gif">' : '';
    res.send(`<p>A page</p>${beacon}<p>Said: ${said('analytics')} and ${said('necessary')}</p>`);
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
    res.append('Set-Cookie', 'posing=1; Path=/; Max-Age=0; Max-Age=999');
    res.append(
      'Set-Cookie',
      'broken=1; Path=/; Max-Age=0x; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Expires=Fri, 01 Jan 2100 00:00:00 GMT',
    );
    res.send('strange');
  });

  const call: CookieSite['call'] = async (method, path, body) => {
    the.clock.forward({ seconds: 2 });
    const sent = request(app)[method](path).set('Accept', 'application/json').redirects(0);
    if (jar.size > 0) sent.set('Cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    if (browser.signal !== undefined) sent.set('Sec-GPC', browser.signal);
    const answer = await (body ? sent.send(body) : sent);
    for (const line of (answer.headers['set-cookie'] ?? []) as unknown as string[]) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };

  return {
    the,
    app,
    jar,
    browser,
    call,
    async visit() {
      await call('get', '/');
      return [...jar.keys()].filter((name) => name !== 'kept_choices').sort();
    },
    say: (kind, what) => call('post', '/privacy/cookies', { kind, what }),
    anew() {
      jar.clear();
      browser.signedIn = undefined;
      browser.signal = undefined;
    },
  };
}
