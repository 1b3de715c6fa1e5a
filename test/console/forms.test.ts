import { describe, expect, test } from '@jest/globals';
import { routes } from '../../packages/console/src/routes.ts';
import { PASSWORD } from './scene.ts';
import { openConsole, tokenIn } from './visitor.ts';

const posts = routes.filter(({ method, may }) => method === 'post' && may !== 'anybody');
const addressOf = (path: string): string =>
  path
    .replace('/tickets/:id', '/tickets/t-proposed')
    .replace('/requests/:id', '/requests/r-proposed')
    .replace(/:\w+/g, 'f-1');

describe('only a page of the own session can send a form', () => {
  test.each(posts.map(({ path }) => path))('%s is refused without the token', async (path) => {
    const { signedIn, calls } = openConsole();
    const answer = await (await signedIn('ada@example.test')).sendRaw(addressOf(path), { text: 'x', reason: 'x' });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('FORM_REFUSED');
    expect(calls).toEqual([]);
  });

  const note = '/tickets/t-proposed/note';

  test('a token of somebody else’s session is refused', async () => {
    const { signedIn, calls } = openConsole();
    const [ada, ben] = [await signedIn('ada@example.test'), await signedIn('ben@example.test')];
    const token = tokenIn((await ada.get('/')).text);

    expect((await ben.sendRaw(note, { text: 'x', _csrf: token })).status).toBe(403);
    expect((await ada.sendRaw(note, { text: 'x', _csrf: token })).status).toBe(303);
    expect(calls).toHaveLength(1);
  });

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('a browser that names another site is refused, even with the token: %j', async (headers) => {
    const { signedIn, calls } = openConsole();
    const visitor = await signedIn('ada@example.test');
    const token = tokenIn((await visitor.get('/')).text);
    expect((await visitor.sendRaw(note, { text: 'x', _csrf: token }, headers)).status).toBe(403);
    expect(calls).toEqual([]);
  });

  test('a browser that names our own site is let through', async () => {
    const visitor = await openConsole().signedIn('ada@example.test');
    const token = tokenIn((await visitor.get('/')).text);
    const headers = { host: 'kept.example', origin: 'https://kept.example', 'sec-fetch-site': 'same-origin' };
    expect((await visitor.sendRaw(note, { text: 'x', _csrf: token }, headers)).status).toBe(303);
  });

  test('nobody is signed in by a form of another site', async () => {
    const { stranger } = openConsole();
    const answer = await stranger().sendRaw('/sign-in', { email: 'ada@example.test', password: PASSWORD });
    expect(answer.status).toBe(403);
  });
});

describe('what somebody typed is checked and not lost', () => {
  test.each([
    ['/tickets/t-proposed/reply', { text: '   ' }],
    ['/tickets/t-proposed/assign', { to: 'staff-cleo' }],
    ['/requests/r-received/refuse', { article: 'Art. 12(5)', reason: '' }],
    ['/requests/r-proposed/approve', { hash: '', sure: 'yes' }],
    ['/mails/mail-x/raw', { reason: '' }],
  ])('%s refuses an incomplete form', async (path, fields) => {
    const { signedIn, calls } = openConsole();
    const answer = await (await signedIn('ada@example.test')).send(path, fields);
    expect(answer.status).toBe(422);
    expect(calls).toEqual([]);
  });

  test('a reply that could not be stored is given back to copy', async () => {
    const visitor = await openConsole().signedIn('ada@example.test');
    const answer = await visitor.send('/requests/r-proposed/answer', { text: 'Dear <Mira>, a long letter' });
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('Dear &lt;Mira&gt;, a long letter</textarea>');
  });

  test('so it is when the session ended while it was typed', async () => {
    const answer = await openConsole().stranger().sendRaw('/tickets/t-proposed/reply', { text: 'A long letter' });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('A long letter</textarea>');
  });

  test('a form beyond every measure is refused in words', async () => {
    const visitor = await openConsole().signedIn('ada@example.test');
    const answer = await visitor.sendRaw('/tickets/t-proposed/reply', { text: 'x'.repeat(300_000) });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('The page could not read what was sent');
  });

  test('after a form comes a redirect, and its success is said once', async () => {
    const visitor = await openConsole().signedIn('ada@example.test');
    const answer = await visitor.send('/tickets/t-proposed/note', { text: 'Called her' });
    expect([answer.status, answer.headers.location]).toEqual([303, '/console/tickets/t-proposed']);

    const [first, second] = [await visitor.get('/tickets/t-proposed'), await visitor.get('/tickets/t-proposed')];
    expect(first.text).toContain('The note is in the conversation.');
    expect(first.text).toContain('Called her');
    expect(second.text).not.toContain('The note is in the conversation.');
  });
});
