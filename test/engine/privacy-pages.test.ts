import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { aPerson, linkFor, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { DELETE, mail } from './case.ts';

let the: Scene;
let kept: Kept;
let mara: Person;
let app: express.Express;
/** Who is signed in at the host. */
let signedIn: string | undefined;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  mara = await aPerson(the, 'mara@example.org', { videos: 1, logs: 0, payments: 0 });
  app = express().use('/privacy', kept.router({ subjectOf: () => signedIn }));
});
afterAll(() => the.close());

/** Everything in Kept's database, to see that nothing changed. */
async function everything(): Promise<string> {
  const names = (await the.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).sort();
  return JSON.stringify(
    await Promise.all(names.map((name) => the.db.collection(name).find().sort({ _id: 1 }).toArray())),
  );
}
async function aLink(): Promise<string> {
  the.clock.forward({ days: 1 });
  await mail(kept, mara.address, `${DELETE} ${the.clock.now().toISOString()}`);
  await kept.requests.advance();
  await kept.outbox.deliver();
  return `/privacy/confirm/${linkFor(the, mara.address)}`;
}

describe('the confirmation link', () => {
  test('changes nothing when it is looked at, however often, by whatever reads mail', async () => {
    const link = await aLink();
    const before = await everything();
    for (let look = 0; look < 3; look += 1) {
      expect((await request(app).get(link)).status).toBe(200);
      expect((await request(app).head(link)).status).toBe(200);
      expect((await request(app).options(link)).status).toBe(200);
    }
    expect(await everything()).toBe(before);
  });

  test('works once, when the page is sent off', async () => {
    const link = await aLink();
    const first = await request(app).post(link);
    expect([first.status, first.text]).toEqual([200, expect.stringContaining('confirmed')]);
    expect((await request(app).post(link)).status).toBe(409);
    expect((await request(app).get(link)).text).toContain('This link was used');
  });

  test('of a wrong, a cut, a changed and a made-up token nobody learns why', async () => {
    const link = await aLink();
    const id = link.slice('/privacy/confirm/'.length).split('.')[0] ?? '';
    const wrong = [
      `${link}0`,
      link.slice(0, -1),
      `/privacy/confirm/${id}.${'0'.repeat(64)}`,
      '/privacy/confirm/nothing',
      '/privacy/confirm/a.b',
    ];
    const answers = await Promise.all(wrong.flatMap((each) => [request(app).get(each), request(app).post(each)]));
    expect(new Set(answers.map((each) => each.status))).toEqual(new Set([404]));
    expect(new Set(answers.map((each) => each.text)).size).toBe(1);
    expect(answers[0]?.text).not.toContain(id);
  });

  test('that is over says so, and how to get another', async () => {
    const link = await aLink();
    the.clock.forward({ days: 7 });
    const late = await request(app).get(link);
    expect([late.status, late.text]).toEqual([410, expect.stringContaining('expired')]);
    expect((await request(app).post(link)).status).toBe(409);
  });

  test.each([
    ['another origin', { Origin: 'https://evil.test' }],
    ['no origin, such as a sandboxed frame', { Origin: 'null' }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
  ])('a page of %s cannot send it off', async (_name, headers) => {
    const link = await aLink();
    const refused = await request(app).post(link).set(headers);
    expect(refused.status).toBe(403);
    expect(await kept.requests.peekConfirmation(link.slice('/privacy/confirm/'.length))).toMatchObject({
      state: 'usable',
    });
  });

  test('the page of the service itself can', async () => {
    const link = await aLink();
    const sent = await request(app)
      .post(link)
      .set({ Host: 'sdance.test', Origin: 'https://sdance.test', 'Sec-Fetch-Site': 'same-origin' });
    expect(sent.status).toBe(200);
  });
});

describe('the pages', () => {
  test('are HTML without script, in no frame, in no cache, and tell no other site where one was', async () => {
    const page = await request(app).get(await aLink());
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).not.toMatch(/<script|javascript:|onclick|https?:\/\/(?!sdance)/i);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['referrer-policy']).toBe('same-origin');
    expect((await request(app).get('/privacy/page.css')).status).toBe(200);
  });

  test.each([
    ['get', '/privacy/'],
    ['post', '/privacy/consents'],
    ['post', '/privacy/objections'],
    ['post', '/privacy/requests'],
  ] as const)('%s %s asks for a sign-in', async (method, path) => {
    signedIn = undefined;
    const before = await everything();
    const answer = await request(app)[method](path).send({ flag: 'training', what: 'give', right: 'erasure' });
    expect(answer.status).toBe(403);
    expect(await everything()).toBe(before);
  });
});

describe('signed in', () => {
  beforeAll(() => {
    signedIn = mara.key;
  });

  test('withdrawing a consent takes the one form that giving takes (part of sdance-ai.right.withdraw)', async () => {
    for (const [what, outcome] of [
      ['give', 'permitted'],
      ['withdraw', 'forbidden'],
    ]) {
      expect((await request(app).post('/privacy/consents').type('form').send({ flag: 'training', what })).status).toBe(
        303,
      );
      const decided = await kept.decide({ subject: mara.key, purpose: 'training', category: 'generation.output' });
      expect([what, decided.outcome]).toEqual([what, outcome]);
      the.clock.forward({ seconds: 1 });
    }
  });

  test('a request is opened with its identity confirmed by the account, and seen by its person alone', async () => {
    const opened = await request(app)
      .post('/privacy/requests')
      .set('Accept', 'application/json')
      .send({ right: 'access' });
    expect([opened.status, opened.body]).toEqual([
      201,
      expect.objectContaining({ right: 'access', status: 'verified' }),
    ]);
    expect(JSON.stringify(opened.body)).not.toContain('example.org');
    const mine = await request(app).get('/privacy/').set('Accept', 'application/json');
    expect(mine.body.requests).toContainEqual(expect.objectContaining({ id: opened.body.id }));
    signedIn = 'somebody-else';
    const theirs = await request(app).get('/privacy/').set('Accept', 'application/json');
    expect(theirs.body.requests).toEqual([]);
    signedIn = mara.key;
  });

  test.each<[string, object, number]>([
    ['/privacy/consents', { flag: 'everything', what: 'give' }, 422],
    ['/privacy/consents', { flag: 'training', what: 'sell' }, 422],
    ['/privacy/consents', { flag: { $ne: 1 }, what: 'give' }, 422],
    ['/privacy/objections', { purpose: 'service.generation', what: 'object' }, 422],
    ['/privacy/objections', { purpose: 'improvement', what: 'sell' }, 422],
    ['/privacy/objections', { purpose: { $ne: 1 }, what: 'object' }, 422],
    ['/privacy/objections', { what: 'object' }, 422],
    ['/privacy/requests', { right: 'everything' }, 422],
    ['/privacy/requests', {}, 422],
  ])('%s refuses %j', async (path, body, status) => {
    const answer = await request(app).post(path).set('Accept', 'application/json').send(body);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, expect.stringContaining('problem+json')]);
  });

  test('looking at the overview changes nothing', async () => {
    const before = await everything();
    expect((await request(app).get('/privacy/')).status).toBe(200);
    expect((await request(app).head('/privacy/')).status).toBe(200);
    expect(await everything()).toBe(before);
  });
});
