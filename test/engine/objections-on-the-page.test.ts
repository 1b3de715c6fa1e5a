import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { becomesActive, versionWith } from './newVersion.ts';

let the: Scene;
let kept: Kept;
let mara: Person;
let app: express.Express;

const open = async (...edits: Parameters<typeof versionWith>[1][]): Promise<void> => {
  the = await scene({ policy: versionWith(1, ...edits) });
  kept = the.kept;
  mara = await aPerson(the, 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
  app = express().use('/privacy', kept.router({ subjectOf: () => mara.key }));
};
beforeEach(() => open());
afterEach(() => the.close());

const html = async (): Promise<string> => (await request(app).get('/privacy/').accept('html')).text;
const overview = async (): Promise<{ consents: object[]; objections: { purpose: string }[] }> =>
  (await request(app).get('/privacy/').accept('json')).body;
const shown = async (purpose: string): Promise<object | undefined> =>
  (await overview()).objections.find((one) => one.purpose === purpose);
const send = (body: object, headers: Record<string, string> = {}): request.Test =>
  request(app).post('/privacy/objections').set(headers).type('form').accept('html').send(body);
const outcome = async (): Promise<string> =>
  (await kept.decide({ subject: mara.key, purpose: 'improvement', category: 'usage.interaction' })).outcome;

/** The words of the form that is about a purpose, and what its button sends. */
async function formOf(purpose: string): Promise<{ words: string; what: string | undefined }> {
  const forms = (await html()).split('<form').filter((form) => form.includes(`name="purpose" value="${purpose}"`));
  expect(forms).toHaveLength(1);
  const [form = ''] = forms;
  return {
    words: form.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '),
    what: /name="what" value="(\w+)"/.exec(form)?.[1],
  };
}

describe('the privacy page', () => {
  test('lists in plain words what somebody can object to, and nothing else', async () => {
    const listed = kept.policy.purposes.filter(({ objectable }) => objectable);
    expect((await overview()).objections).toEqual(
      listed.map(({ name, label }) => ({ purpose: name, label, objected: false, since: null })),
    );
    expect(listed.map(({ name }) => name)).toContain('communication.announcement');
    const page = await html();
    for (const { label } of listed) expect(page).toContain(`<strong>${label}</strong>`);
    expect(page).not.toContain('value="service.generation"');
    expect(page).not.toMatch(/<script|javascript:|onclick/i);
  });

  test('takes an objection and takes it back by one form that is sent off once each way', async () => {
    expect(await formOf('improvement')).toEqual({
      words: expect.stringContaining('Improve the service Your data may be used for this until you object.'),
      what: 'object',
    });
    const objected = await send({ purpose: 'improvement', what: 'object' });
    expect([objected.status, objected.headers.location]).toEqual([303, '/privacy/']);
    expect(await outcome()).toBe('forbidden');
    expect(await formOf('improvement')).toEqual({
      words: expect.stringContaining('You objected on 3 March 2026, so your data is not used for this.'),
      what: 'withdraw',
    });
    // Whoever objects to the whole has objected to the part.
    expect(await formOf('improvement.debugging')).toMatchObject({ what: 'withdraw' });
    expect(await formOf('business-transfer')).toMatchObject({ what: 'object' });

    the.clock.forward({ seconds: 1 });
    expect((await send({ purpose: 'improvement', what: 'withdraw' })).status).toBe(303);
    expect(await outcome()).toBe('permitted');
    expect(await formOf('improvement')).toMatchObject({ what: 'object' });
    expect(await kept.objections.history(mara.key)).toMatchObject([
      { what: 'objected', source: 'privacy page' },
      { what: 'withdrawn', source: 'privacy page' },
    ]);
  });

  test('answers programs in kind', async () => {
    const sent = await request(app)
      .post('/privacy/objections')
      .accept('json')
      .send({ purpose: 'improvement', what: 'object' });
    expect([sent.status, sent.body]).toEqual([200, { purpose: 'improvement', what: 'object' }]);
    expect(await shown('improvement')).toMatchObject({ objected: true, since: '2026-03-03' });
  });

  test.each([
    ['another origin', { Origin: 'https://evil.test' }],
    ['no origin, such as a sandboxed frame', { Origin: 'null' }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
  ])('takes no objection from %s', async (_name, headers) => {
    expect((await send({ purpose: 'improvement', what: 'object' }, headers)).status).toBe(403);
    expect(await kept.objections.history(mara.key)).toEqual([]);
  });

  test('shows words of the policy and of the person as text', async () => {
    await the.close();
    await open(['label: Improve the service', `label: "<script>alert('x')</script> & more"`]);
    const page = await html();
    expect(page).not.toContain('<script');
    expect(page.match(/&lt;script&gt;alert\(&#x27;x&#x27;\)&lt;\/script&gt; &amp; more/g)).toHaveLength(2);
    const refused = await send({ purpose: '"><script>alert(1)</script>', what: 'object' });
    expect(refused.status).toBe(422);
    expect(refused.text).not.toContain('<script');
  });

  test('tells of a consent what decisions make of it: an objection takes it, and no taking back gives it again', async () => {
    const consent = async (): Promise<object | undefined> =>
      (await overview()).consents.find((one) => (one as { flag: string }).flag === 'provider-training');
    await kept.consents.give(mara.key, 'provider-training', 'settings');
    expect(await consent()).toMatchObject({ inForce: true, bySilence: false });
    the.clock.forward({ seconds: 1 });
    await kept.objections.object(mara.key, 'training', 'settings');
    expect(await consent()).toMatchObject({ inForce: false, bySilence: false });
    the.clock.forward({ seconds: 1 });
    await kept.objections.withdraw(mara.key, 'training', 'settings');
    expect(await consent()).toMatchObject({ inForce: false });
    the.clock.forward({ seconds: 1 });
    await kept.consents.give(mara.key, 'provider-training', 'settings');
    expect(await consent()).toMatchObject({ inForce: true });
  });

  test('still lists what an earlier version let people object to, while that version binds', async () => {
    const objectable = '    label: Improve the service\n    basis: legitimate-interest\n    objectable: true\n';
    await becomesActive(the, kept, versionWith(2, [objectable, objectable.replace('    objectable: true\n', '')]));
    expect(kept.policy.purposes.find(({ name }) => name === 'improvement')?.objectable).toBe(false);
    expect((await send({ purpose: 'improvement', what: 'object' })).status).toBe(303);
    expect(await shown('improvement')).toMatchObject({ objected: true });
    expect(await outcome()).toBe('forbidden');
  });
});
