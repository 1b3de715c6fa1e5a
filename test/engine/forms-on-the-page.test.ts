import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';
import { privacySite } from './privacySite.ts';

const the = await scene();
const site = await privacySite(the);
beforeEach(() => site.newcomer());
afterAll(async () => {
  await site.close();
  await the.close();
});

describe('what is wrong in a form', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a complaint about nothing', { right: 'complaint' }, 'Say what it is about.'],
    ['a correction of nothing', { right: 'rectification', field: '' }, 'describe it'],
    [
      'a correction to nothing',
      { right: 'rectification', field: '{"collection":"users","field":"name"}', value: ' ' },
      'Write what is right.',
    ],
    [
      'a field that is none',
      { right: 'rectification', field: '{"collection":"users","field":"passwordHash"}', value: 'x' },
      'cannot be corrected',
    ],
    ['a list that was tampered with', { right: 'rectification', field: '[', value: 'kept words' }, 'from the list'],
    ['a ground that is none', { right: 'restriction', ground: 'because', text: 'kept words' }, 'Art 18'],
    ['a purpose that is none', { right: 'objection', purposes: 'nonsense', text: 'kept words' }, 'words of the policy'],
  ])('is said beside it: %s', async (_name, form, remedy) => {
    const { status, text } = await site.send('/requests', form);
    expect([status, text]).toEqual([422, expect.stringContaining(remedy)]);
    expect(text).toContain('role="alert"');
    // Nothing that was written is lost.
    if (form.text) expect(text).toContain(`>${form.text}</textarea>`);
    if (form.value?.trim()) expect(text).toContain(`value="${form.value}"`);
    expect((await site.get('/')).body.requests).toEqual([]);
  });

  test.each([
    ['an operator', { right: 'objection', asks: { purposes: [{ $ne: 1 }] } }],
    [
      'a prototype',
      { right: 'rectification', asks: { corrections: [{ collection: '__proto__', field: 'x', value: 'y' }] } },
    ],
    ['a list', { right: 'access', asks: [] }],
    ['an operator for a text', { right: 'access', text: { $ne: 1 } }],
    ['a text without end', { right: 'access', text: 'x'.repeat(10_001) }],
  ])('is refused of a program too: %s', async (_name, body) => {
    expect((await site.post('/requests', body)).status).toBe(422);
    expect((await site.get('/')).body.requests).toEqual([]);
  });

  test('of another site changes nothing', async () => {
    const headers = { origin: 'https://evil.test', accept: 'application/json' };
    for (const path of ['/requests', '/support']) {
      const body = new URLSearchParams({ right: 'erasure', subjectLine: 'x', text: 'x' });
      expect((await site.call(path, { method: 'POST', headers, body })).status).toBe(403);
    }
    expect((await site.get('/')).body.requests).toEqual([]);
    expect((await site.get('/support')).body.conversations).toEqual([]);
  });

  test('or too much of it, is slowed before it causes letters', async () => {
    const all = [];
    for (let n = 0; n < 21; n += 1) all.push((await site.post('/requests', { right: 'access' })).status);
    expect(all).toEqual([...Array(20).fill(201), 403]);
  });
});

describe('the support section', () => {
  test('opens a ticket by a form and shows what was answered', async () => {
    const { agent } = await twoStaff(the.kept);
    const sent = the.mailer.sent.length;
    const opened = await site.send('/support', { subjectLine: 'My <plan>', text: 'Why?\nTwice!' });
    expect(opened.status).toBe(303);
    const here = opened.location;
    expect(the.mailer.sent).toHaveLength(sent);
    const id = decodeURIComponent(here.split('/').at(-1) ?? '');
    await the.kept.tickets.reply(id, agent, 'Because of a fault of ours.');
    const { text } = await site.look(here);
    expect(text).toContain('My &lt;plan&gt;');
    expect(text).toContain('Because of a fault of ours.');
    expect((await site.send(here, { text: 'Thank you.' })).status).toBe(303);
    expect((await site.get(here)).body).toMatchObject({ state: 'waits-for-us', messages: { length: 3 } });
    site.signedIn = 'somebody else';
    expect((await site.get(here)).status).toBe(404);
    site.signedIn = undefined;
    expect((await site.get('/support')).status).toBe(403);
  });

  test('keeps what was written where something is missing', async () => {
    const { status, text } = await site.send('/support', { subjectLine: '', text: 'A long story' });
    expect([status, text]).toEqual([422, expect.stringContaining('>A long story</textarea>')]);
    expect((await site.post('/support', { subjectLine: { $ne: 1 }, text: 'x' })).status).toBe(422);
  });

  test('leads somebody who asks for a right to its form', async () => {
    const opened = await site.send('/support', { subjectLine: 'Hello', text: 'Please delete my account.' });
    expect((await site.look(opened.location)).text).toContain('/privacy/ask/erasure');
  });
});
