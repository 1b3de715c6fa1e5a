import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { HOSTILE } from './scene.ts';
import { openConsole } from './visitor.ts';

const pages = [
  '/',
  '/?status=closed',
  '/?search=nothing-like-that',
  '/tickets/t-proposed',
  '/tickets/t-hostile',
  '/tickets/t-done',
  '/requests/r-proposed',
  '/requests/r-by-ada',
  '/requests/r-previewed',
  '/requests/r-received',
  '/requests/r-access',
  '/requests/r-report',
  '/requests/r-running',
  '/requests/r-done',
  '/requests/r-done/receipt',
  '/requests/r-refused',
  '/requests/correct',
  '/requests/object',
  '/requests/complain',
  '/requests/appeal',
  '/requests/restrict',
  '/requests/package',
  '/requests/linked',
  '/requests/decided',
  '/requests/stoppable',
  '/requests/agent',
  '/requests/pictured',
  '/requests/left',
  '/requests/making',
  '/requests/tried',
  '/requests/package/delivery',
  '/requests/restrict/restrictions/h-0/receipt',
  '/tickets/t-tried',
  '/rehearsals',
  '/mails',
  '/findings',
  '/disclosures',
  '/retention',
  '/staff',
  '/help',
  '/no-such-page',
];

const tags = (html: string, name: string): string[] => html.match(new RegExp(`<${name}\\b[^>]*>`, 'g')) ?? [];

async function read(path: string, options: Parameters<typeof openConsole>[0] = {}): Promise<string> {
  const { text, status } = await (await openConsole(options).signedIn('ada@example.test')).get(path);
  expect(status).toBe(path === '/no-such-page' ? 404 : 200);
  return text;
}

describe.each(pages)('%s', (path) => {
  test('holds no inline script, style or handler', async () => {
    const html = await read(path);
    for (const script of tags(html, 'script')) expect(script).toMatch(/ src="\/console\/assets\//);
    expect(tags(html, 'style')).toEqual([]);
    for (const tag of html.match(/<[a-z][^>]*>/g) ?? []) expect(tag).not.toMatch(/\s(?:style|on\w+)=/);
    expect(html).not.toContain('javascript:');
  });

  test('works without scripts: forms have an address, a method and a button, and those that change something a token', async () => {
    const html = await read(path);
    const forms = html.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
    expect(forms.length).toBeGreaterThan(0);
    for (const form of forms.filter((form) => !form.includes('method="dialog"'))) {
      expect(form).toMatch(/<form[^>]* action="\/console/);
      expect(form).toMatch(/<button/);
      expect(form).toMatch(/ method="(?:get" action="\/console\/" role="search"|post")/);
      if (form.includes('method="post"')) expect(form).toMatch(/name="_csrf" value="[^"]{10,}"/);
    }
    for (const link of tags(html, 'a')) expect(link).toMatch(/ href="(?:#|\/)/);
  });

  test.each(['/', '/ops/privacy'])('links stay below the mount path %s', async (mount) => {
    const html = await read(path, { mount });
    const base = mount === '/' ? '' : mount;
    const addresses = [...html.matchAll(/ (?:href|src|action|hx-get)="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses.filter((address) => !address.startsWith('#'))) {
      expect(address.startsWith(`${base}/`)).toBe(true);
      expect(address).not.toContain('//');
      if (base) expect(address).not.toMatch(/^\/console\//);
    }
  });

  test('names its language, one heading, a skip link, and a caption for each table', async () => {
    const html = await read(path);
    expect(html).toContain('<html lang="en">');
    expect(tags(html, 'h1')).toHaveLength(1);
    expect(html).toContain('<a class="skip" href="#main">');
    expect(tags(html, 'caption')).toHaveLength(tags(html, 'table').length);
    for (const time of tags(html, 'time')) expect(time).toMatch(/ datetime="\d{4}-\d\d-\d\d/);
  });
});

describe('all links lead somewhere', () => {
  test('from the queue on, under another mount path', async () => {
    const visitor = await openConsole({ mount: '/ops/privacy' }).signedIn('ada@example.test');
    const seen = new Set<string>();
    const next = ['/'];
    for (let path = next.pop(); path !== undefined; path = next.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const answer = await visitor.get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      for (const [, href = ''] of (answer.text ?? '').matchAll(/ href="\/ops\/privacy([^"]*)"/g))
        next.push(href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
    }
    expect(seen.size).toBeGreaterThan(30);
  });

  test('where a proxy takes a prefix away, links carry what people see', async () => {
    const visitor = openConsole({ mount: '/', basePath: '/staff-area' }).stranger();
    const answer = await visitor.get('/sign-in');
    expect(answer.text).toContain('action="/staff-area/sign-in"');
    expect(String(answer.headers['set-cookie'])).toContain('Path=/staff-area;');
  });
});

describe('what people wrote stays text', () => {
  test.each(['/', '/tickets/t-hostile'])('%s escapes subject line, name, mail text and file names', async (path) => {
    const html = await read(path);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src&#x3D;x');
    expect(html).not.toContain(HOSTILE);
    expect(html).not.toMatch(/<img|<script>|onerror=alert/);
    expect(tags(html, 'meta').join()).not.toContain('alert');
  });

  test('a search is escaped where it is said again', async () => {
    const html = await read(`/?search=${encodeURIComponent(HOSTILE)}`);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('value="&lt;script&gt;alert(1)');
  });

  test('a raw mail is a download, never a page', async () => {
    const visitor = await openConsole().signedIn('ben@example.test');
    const answer = await visitor.send('/tickets/t-hostile/mails/mail-2/raw', { reason: 'To see the headers' });
    expect(answer.headers['content-disposition']).toBe('attachment; filename=mail-mail-2.eml');
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test('a flash cookie that somebody made says nothing', async () => {
    const { app } = openConsole();
    const answer = await request(app)
      .get('/console/sign-in')
      .set('Cookie', 'kept_console_flash=Your%20account%20is%20locked');
    expect(answer.text).not.toContain('locked');
    expect(
      (await request(app).get('/console/sign-in').set('Cookie', 'kept_console_flash=constructor')).text,
    ).not.toContain('class="flash"');
  });
});

describe('headers', () => {
  const policy =
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'";

  test.each(['/console/sign-in', '/console/no-such-page', '/console/healthz'])(
    '%s: only our own parts, in no frame, kept nowhere',
    async (path) => {
      const { headers } = await request(openConsole().app).get(path);
      expect(headers['content-security-policy']).toBe(policy);
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('same-origin');
      expect(headers['x-powered-by']).toBeUndefined();
      if (!path.endsWith('healthz')) expect(headers['cache-control']).toBe('no-store');
    },
  );

  test('styles and scripts are there and may be kept', async () => {
    const { app } = openConsole();
    const { text } = await request(app).get('/console/sign-in');
    const assets = [...text.matchAll(/(?:href|src)="(\/console\/assets\/[^"]+)"/g)].map(([, address]) => address ?? '');
    expect(assets.length).toBeGreaterThan(8);
    for (const address of assets) {
      const answer = await request(app).get(address);
      expect([address, answer.status]).toEqual([address, 200]);
      expect(answer.headers['cache-control']).toContain('immutable');
    }
  });

  test('the console is alive without a session', async () => {
    const answer = await request(openConsole().app).get('/console/healthz');
    expect([answer.status, answer.text]).toEqual([200, 'ok\n']);
  });

  test('a banner stands on every page, the sign-in page too', async () => {
    const banner = () => 'The clock was set forward to 1 March 2027';
    expect((await openConsole({ banner }).stranger().get('/sign-in')).text).toContain(banner());
    expect(await read('/findings', { banner })).toContain(banner());
  });
});
