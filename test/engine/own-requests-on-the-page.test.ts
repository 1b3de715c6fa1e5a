import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import express from 'express';
import { type Served, serve } from '../support/browser.ts';
import type { Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { approved, DELETE, mail, twoStaff } from './case.ts';
import { casework } from './casework.ts';

let the: Scene;
let kept: Kept;
let site: Served;
let ann: Person;
let signedIn: string | undefined;
const { somebody, finish } = casework(() => the);

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  site = await serve(express().use('/privacy', kept.router({ subjectOf: () => signedIn })));
});
afterAll(async () => {
  await site.close();
  await the.close();
});
beforeEach(async () => {
  ann = await somebody({ videos: 1, logs: 0, payments: 0 });
  signedIn = ann.key;
  the.clock.forward({ minutes: 20 });
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a program gets as JSON.
  readonly body: any;
  readonly text: string;
  readonly location: string | null;
}

async function call(path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(`${site.url}/privacy${path}`, { redirect: 'manual', ...init });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  return {
    status: answer.status,
    text,
    body: isJson ? JSON.parse(text) : {},
    location: answer.headers.get('location'),
  };
}
/** As a program does. */
const get = (path: string): Promise<Answer> => call(path, { headers: { accept: 'application/json' } });
const post = (path: string, body: object = {}): Promise<Answer> =>
  call(path, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
/** As a browser does. */
const look = (path: string): Promise<Answer> => call(path, { headers: { accept: 'text/html' } });
const send = (path: string, form: Record<string, string> | string[][] = {}): Promise<Answer> =>
  call(path, { method: 'POST', headers: { accept: 'text/html' }, body: new URLSearchParams(form as never) });

describe('somebody signed in', () => {
  test.each([
    'access',
    'portability',
    'erasure',
    'rectification',
    'restriction',
    'objection',
    'withdraw-consent',
    'optout-training',
  ])('asks for %s by one form, and is led to what becomes of it', async (right) => {
    const form = await look(`/ask/${right}`);
    expect([form.status, form.text]).toEqual([200, expect.stringContaining(`name="right" value="${right}"`)]);
    const sent = await send('/requests', { right, text: 'Please.', ground: 'not-stated' });
    expect(sent.status).toBe(303);
    const request = await look((sent.location ?? '').replace('/privacy', ''));
    expect([request.status, request.text]).toEqual([200, expect.stringContaining('You asked us')]);
    expect(request.text).toMatch(/You have our answer by \d{4}-\d\d-\d\d at the latest/);
  });

  test('sees state, steps and the last day of each, and gets the package by it', async () => {
    const { body: opened } = await post('/requests', { right: 'portability' });
    await finish();
    await finish();
    const { body } = await get(`/requests/${opened.id}`);
    expect(body).toMatchObject({
      status: 'fulfilled',
      state: 'It is done.',
      missing: [],
      refusal: null,
      mayTakeBack: false,
    });
    expect(body.steps.map(({ what }: { what: string }) => what)).toEqual(
      expect.arrayContaining(['You asked us', 'Your sign-in showed that it comes from you', 'Our answer was written']),
    );
    const fetched = await get(`/packages/${body.package.id}`);
    expect(fetched.body).toMatchObject({ state: 'ready', right: 'portability' });
    expect((await look('/')).text).toContain(`/privacy/requests/${opened.id}`);
  });

  test('corrects a value by choosing it, and staff see exactly what', async () => {
    const { fields } = (await get('/ask/rectification')).body;
    const name = fields.find(
      ({ field, collection }: Record<string, string>) => collection === 'users' && field === 'name',
    );
    expect(name).toMatchObject({ was: 'Mara L', label: 'Name and avatar (name): Mara L' });
    const { label: _, ...place } = name;
    const sent = await send('/requests', { right: 'rectification', field: JSON.stringify(place), value: 'Mara Lindt' });
    const request = await kept.requests.get(decodeURIComponent(sent.location?.split('/').at(-1) ?? ''));
    expect(request?.asks).toEqual({
      corrections: [{ collection: 'users', field: 'name', was: 'Mara L', value: 'Mara Lindt' }],
    });
    // What is a secret, or tells whose it is, nobody corrects.
    const places = fields.map(({ collection, field }: Record<string, string>) => `${collection}.${field}`);
    expect(places.join(' ')).not.toMatch(/password|hash|_id|userId|createdAt/i);
    expect(places).toContain('generations.prompt');
  });

  test('chooses the ground of a restriction, and the purposes of an objection', async () => {
    const { purposes } = (await get('/ask/objection')).body;
    await send('/requests', { right: 'restriction', ground: 'unlawful' });
    await send('/requests', [
      ['right', 'objection'],
      ...purposes.slice(0, 2).map(({ purpose }: { purpose: string }) => ['purposes', purpose]),
    ]);
    const { items } = await kept.requests.list({ limit: 500 });
    const asks = items.filter((each) => 'subject' in each && each.subject === ann.key).map((each) => each.asks);
    expect(asks).toContainEqual({ ground: 'unlawful' });
    expect(asks).toContainEqual({ purposes: purposes.slice(0, 2).map(({ purpose }: { purpose: string }) => purpose) });
  });

  test('takes a request back while nobody carries it out, and not after', async () => {
    const { body: erasure } = await post('/requests', { right: 'erasure' });
    await finish();
    expect((await look(`/requests/${erasure.id}`)).text).toContain('Take it back');
    expect((await send(`/requests/${erasure.id}/withdraw`)).status).toBe(303);
    expect((await get(`/requests/${erasure.id}`)).body).toMatchObject({ status: 'withdrawn', mayTakeBack: false });
    const { body: copy } = await post('/requests', { right: 'access' });
    await finish();
    expect((await post(`/requests/${copy.id}/withdraw`)).status).toBe(409);
  });

  test('reads why something was refused, and until when', async () => {
    const { agent } = await twoStaff(kept).catch(async () => ({ agent: (await kept.staff.list())[0]?._id ?? '' }));
    const { body: opened } = await post('/requests', { right: 'erasure' });
    await finish();
    await kept.requests.refuse(opened.id, agent, {
      article: 'Art 17(3)(b) GDPR',
      reason: 'The tax office wants it.',
    } as never);
    const { body } = await get(`/requests/${opened.id}`);
    expect(body.refusal).toEqual({ article: 'Art 17(3)(b) GDPR', reason: 'The tax office wants it.', until: null });
    expect((await look(`/requests/${opened.id}`)).text).toContain('The tax office wants it.');
  });

  test('gets the signed receipt of an erasure', async () => {
    const { body: opened } = await post('/requests', { right: 'erasure' });
    expect((await get(`/requests/${opened.id}/receipt`)).status).toBe(404);
    await finish();
    await approved(kept, opened.id);
    await finish();
    const { body } = await get(`/requests/${opened.id}`);
    expect(body).toMatchObject({ status: 'fulfilled', hasReceipt: true });
    expect((await get(`/requests/${opened.id}/receipt`)).body.document.request.id).toBe(opened.id);
  });

  test('meets the same case by settings and by email (part of seedance25.contact.settings-or-email)', async () => {
    await mail(kept, ann.address, DELETE);
    await finish();
    const [byMail] = (await get('/')).body.requests;
    expect(byMail).toMatchObject({ right: 'erasure', channel: 'mail', status: 'received' });
    the.clock.forward({ minutes: 1 });
    const { body: second } = await post('/requests', { right: 'erasure' });
    await finish();
    expect((await get(`/requests/${second.id}`)).body).toMatchObject({ status: 'linked', goesOnAs: byMail.id });
    expect((await look(`/requests/${second.id}`)).text).toContain(`/privacy/requests/${byMail.id}`);
  });

  test('sees nothing of what others ask, report or try out about them', async () => {
    await mail(kept, 'stranger@example.net', `Please delete the account of ${ann.address}.`);
    await kept.children.report({ about: { subject: ann.key }, text: 'A child, I think.' });
    const { _id } = await kept.requests.open({
      right: 'access',
      channel: 'staff',
      address: 'x@example.net',
      text: 'x',
      by: 's',
    });
    await finish();
    expect((await get('/')).body.requests).toEqual([]);
    for (const id of [_id, 'nothing', 'a'.repeat(500), '%24ne']) {
      for (const answer of [
        await get(`/requests/${id}`),
        await post(`/requests/${id}/withdraw`),
        await get(`/requests/${id}/receipt`),
      ])
        expect(answer).toMatchObject({ status: 404, body: { type: 'urn:kept:REQUEST_NOT_FOUND' } });
    }
  });
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
    const { status, text } = await send('/requests', form);
    expect([status, text]).toEqual([422, expect.stringContaining(remedy)]);
    expect(text).toContain('role="alert"');
    // Nothing that was written is lost.
    if (form.text) expect(text).toContain(`>${form.text}</textarea>`);
    if (form.value?.trim()) expect(text).toContain(`value="${form.value}"`);
    expect((await get('/')).body.requests).toEqual([]);
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
    expect((await post('/requests', body)).status).toBe(422);
    expect((await get('/')).body.requests).toEqual([]);
  });

  test('of another site changes nothing', async () => {
    const headers = { origin: 'https://evil.test', accept: 'application/json' };
    for (const path of ['/requests', '/support']) {
      const body = new URLSearchParams({ right: 'erasure', subjectLine: 'x', text: 'x' });
      expect((await call(path, { method: 'POST', headers, body })).status).toBe(403);
    }
    expect((await get('/')).body.requests).toEqual([]);
    expect((await get('/support')).body.conversations).toEqual([]);
  });

  test('or too much of it, is slowed before it causes letters', async () => {
    const all = [];
    for (let n = 0; n < 21; n += 1) all.push((await post('/requests', { right: 'access' })).status);
    expect(all).toEqual([...Array(20).fill(201), 403]);
  });
});

describe('the support section', () => {
  test('opens a ticket by a form and shows what was answered', async () => {
    const { agent } = await twoStaff(kept).catch(async () => ({ agent: (await kept.staff.list())[0]?._id ?? '' }));
    const sent = the.mailer.sent.length;
    const opened = await send('/support', { subjectLine: 'My <plan>', text: 'Why?\nTwice!' });
    expect(opened.status).toBe(303);
    const here = (opened.location ?? '').replace('/privacy', '');
    expect(the.mailer.sent).toHaveLength(sent);
    const id = decodeURIComponent(here.split('/').at(-1) ?? '');
    await kept.tickets.reply(id, agent, 'Because of a fault of ours.');
    const { text } = await look(here);
    expect(text).toContain('My &lt;plan&gt;');
    expect(text).toContain('Because of a fault of ours.');
    expect((await send(here, { text: 'Thank you.' })).status).toBe(303);
    expect((await get(here)).body).toMatchObject({ state: 'waits-for-us', messages: { length: 3 } });
    signedIn = 'somebody else';
    expect((await get(here)).status).toBe(404);
    signedIn = undefined;
    expect((await get('/support')).status).toBe(403);
  });

  test('keeps what was written where something is missing', async () => {
    const { status, text } = await send('/support', { subjectLine: '', text: 'A long story' });
    expect([status, text]).toEqual([422, expect.stringContaining('>A long story</textarea>')]);
    expect((await post('/support', { subjectLine: { $ne: 1 }, text: 'x' })).status).toBe(422);
  });

  test('leads somebody who asks for a right to its form', async () => {
    const opened = await send('/support', { subjectLine: 'Hello', text: 'Please delete my account.' });
    expect((await look((opened.location ?? '').replace('/privacy', ''))).text).toContain('/privacy/ask/erasure');
  });
});
