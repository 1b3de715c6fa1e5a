import { describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { type ConsoleOptions, createConsole } from '../../packages/console/src/index.ts';
import { fakeKept } from './fakeKept.ts';
import { PASSWORD } from './scene.ts';
import { openConsole, tokenIn } from './visitor.ts';

const cookieNamed = (cookies: unknown, name: string): string =>
  (cookies as string[]).find((cookie) => cookie.startsWith(`${name}=`)) ?? '';
const right = { email: 'ada@example.test', password: PASSWORD };

describe('signing in', () => {
  test('an unknown name and a wrong password are answered alike', async () => {
    const { stranger } = openConsole();
    const wrong = await stranger().send('/sign-in', { ...right, password: 'nope' }, '/sign-in');
    const unknown = await stranger().send('/sign-in', { email: 'ada@example.testing', password: 'nope' }, '/sign-in');
    const bare = (text: string): string => text.replace(/value="[^"]*"/g, '');

    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(bare(unknown.text)).toBe(bare(wrong.text));
    expect(wrong.text).toContain('role="alert"');
    expect(wrong.text).not.toContain('nope');
  });

  test('too many attempts are slowed down, with the right password too', async () => {
    const visitor = openConsole().stranger();
    for (let attempt = 0; attempt < 8; attempt++)
      await visitor.send('/sign-in', { ...right, password: 'nope' }, '/sign-in');
    const answer = await visitor.send('/sign-in', right, '/sign-in');
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('60');
  });

  test('behind a proxy that is trusted, visitors are told apart by their own address; without that word nobody is believed', async () => {
    const froms = async (options: ConsoleOptions): Promise<string[]> => {
      const { kept } = fakeKept();
      const seen: string[] = [];
      const staff: typeof kept.staff = {
        ...kept.staff,
        signIn: (input) => {
          seen.push(input.from);
          return kept.staff.signIn(input);
        },
      };
      const agent = request.agent(express().use('/console', createConsole({ ...kept, staff }, options)));
      const _csrf = tokenIn((await agent.get('/console/sign-in')).text);
      for (const from of ['192.0.2.1', '192.0.2.2']) {
        await agent
          .post('/console/sign-in')
          .set('X-Forwarded-For', from)
          .type('form')
          .send({ ...right, _csrf });
      }
      return seen;
    };
    expect(await froms({ trustProxy: 'loopback' })).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(new Set(await froms({})).size).toBe(1);
  });

  test('the session cookie is out of reach for scripts, other sites and other paths', async () => {
    const answer = await openConsole({ secure: true }).stranger().send('/sign-in', right, '/sign-in');
    // Supertest keeps no Secure cookies over HTTP, so the form's own token is missing and the sign-in is refused.
    expect(answer.status).toBe(403);
    const plain = await openConsole({ secure: false }).stranger().send('/sign-in', right, '/sign-in');
    const cookie = cookieNamed(plain.headers['set-cookie'], 'kept_console');
    expect(cookie).toMatch(/; Path=\/console;.*HttpOnly; SameSite=Lax$/);
  });

  test('over HTTPS cookies are Secure and HSTS is set; without it neither', async () => {
    const safe = await openConsole({ secure: true }).stranger().get('/sign-in');
    expect(cookieNamed(safe.headers['set-cookie'], 'kept_console_visitor')).toContain('; Secure');
    expect(safe.headers['strict-transport-security']).toContain('max-age=31536000');

    const plain = await openConsole({ secure: false }).stranger().get('/sign-in');
    expect(cookieNamed(plain.headers['set-cookie'], 'kept_console_visitor')).not.toContain('Secure');
    expect(plain.headers['strict-transport-security']).toBeUndefined();
  });

  test('password managers and pasting work', async () => {
    const { text } = await openConsole().stranger().get('/sign-in');
    expect(text).toContain('autocomplete="username"');
    expect(text).toContain('autocomplete="current-password"');
    expect(text).not.toContain('onpaste');
  });

  test('who wanted a page is led there after signing in', async () => {
    const visitor = openConsole().stranger();
    const asked = await visitor.get('/requests/r-proposed?x=1');
    expect(asked.headers.location).toBe('/console/sign-in?next=%2Frequests%2Fr-proposed%3Fx%3D1');
    const answer = await visitor.send('/sign-in', { ...right, next: '/requests/r-proposed?x=1' }, '/sign-in');
    expect(answer.headers.location).toBe('/console/requests/r-proposed?x=1');
  });

  test.each(['//evil.example', 'https://evil.example', '/\\evil.example', '\\\\evil', 'evil', '/x\r\nSet-Cookie: a=b'])(
    'nobody is led elsewhere: %j',
    async (next) => {
      const visitor = openConsole({ mount: '/' }).stranger();
      const answer = await visitor.send('/sign-in', { ...right, next }, '/sign-in');
      expect(answer.headers.location).toBe('/');
    },
  );

  test('signing out ends the session for good', async () => {
    const visitor = await openConsole().signedIn('ada@example.test');
    const out = await visitor.send('/sign-out');
    expect(out.headers.location).toBe('/console/sign-in');
    expect(cookieNamed(out.headers['set-cookie'], 'kept_console')).toContain('Expires=Thu, 01 Jan 1970');
    expect((await visitor.get('/')).status).toBe(303);
    expect((await visitor.get('/sign-in')).text).not.toContain('Ada');
  });

  test('a refresh by script whose session ended is told so, and not led to another page', async () => {
    const { app } = openConsole();
    const answer = await request(app).get('/console/').set('HX-Request', 'true');
    expect(answer.status).toBe(401);
  });
});
