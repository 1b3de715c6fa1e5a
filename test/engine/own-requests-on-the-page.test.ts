import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { approved, DELETE, leadOf, mail } from './case.ts';
import { casework } from './casework.ts';
import { privacySite } from './privacySite.ts';

const the = await scene();
const { kept } = the;
const site = await privacySite(the);
const { somebody, finish } = casework(() => the);
let ann: Person;
beforeEach(async () => {
  ann = await site.newcomer();
});
afterAll(async () => {
  await site.close();
  await the.close();
});

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
    const form = await site.look(`/ask/${right}`);
    expect([form.status, form.text]).toEqual([200, expect.stringContaining(`name="right" value="${right}"`)]);
    const sent = await site.send('/requests', { right, text: 'Please.', ground: 'not-stated' });
    expect(sent.status).toBe(303);
    const request = await site.look(sent.location);
    expect([request.status, request.text]).toEqual([200, expect.stringContaining('You asked us')]);
    expect(request.text).toMatch(/You have our answer by \d\d? \w+ 2026 at the latest/);
  });

  test('sees state, steps and the last day of each, and gets the package by it', async () => {
    const { body: opened } = await site.post('/requests', { right: 'portability' });
    await finish();
    await finish();
    const { body } = await site.get(`/requests/${opened.id}`);
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
    const fetched = await site.get(`/packages/${body.package.id}`);
    expect(fetched.body).toMatchObject({ state: 'ready', right: 'portability' });
    expect((await site.look('/')).text).toContain(`/privacy/requests/${opened.id}`);
  });

  test('corrects a value by choosing it, and staff see exactly what', async () => {
    const { fields } = (await site.get('/ask/rectification')).body;
    const name = fields.find(
      ({ field, collection }: Record<string, string>) => collection === 'users' && field === 'name',
    );
    expect(name).toMatchObject({ was: 'Mara L', label: 'Name and avatar (name): Mara L' });
    const { label: _, ...place } = name;
    const sent = await site.send('/requests', {
      right: 'rectification',
      field: JSON.stringify(place),
      value: 'Mara Lindt',
    });
    const request = await kept.requests.get(decodeURIComponent(sent.location.split('/').at(-1) ?? ''));
    expect(request?.asks).toEqual({
      corrections: [{ collection: 'users', field: 'name', was: 'Mara L', value: 'Mara Lindt' }],
    });
    // What is a secret, or tells whose it is, nobody corrects.
    const places = fields.map(({ collection, field }: Record<string, string>) => `${collection}.${field}`);
    expect(places.join(' ')).not.toMatch(/password|hash|_id|userId|createdAt/i);
    expect(places).toContain('generations.prompt');
  });

  test('chooses the ground of a restriction, and the purposes of an objection', async () => {
    const { purposes } = (await site.get('/ask/objection')).body;
    await site.send('/requests', { right: 'restriction', ground: 'unlawful' });
    await site.send('/requests', [
      ['right', 'objection'],
      ...purposes.slice(0, 2).map(({ purpose }: { purpose: string }) => ['purposes', purpose]),
    ]);
    const { items } = await kept.requests.list({ limit: 500 });
    const asks = items.filter((each) => 'subject' in each && each.subject === ann.key).map((each) => each.asks);
    expect(asks).toContainEqual({ ground: 'unlawful' });
    expect(asks).toContainEqual({ purposes: purposes.slice(0, 2).map(({ purpose }: { purpose: string }) => purpose) });
  });

  test('takes a request back while nobody carries it out, and not after', async () => {
    const { body: erasure } = await site.post('/requests', { right: 'erasure' });
    await finish();
    expect((await site.look(`/requests/${erasure.id}`)).text).toContain('Take it back');
    expect((await site.send(`/requests/${erasure.id}/withdraw`)).status).toBe(303);
    expect((await site.get(`/requests/${erasure.id}`)).body).toMatchObject({ status: 'withdrawn', mayTakeBack: false });
    const { body: copy } = await site.post('/requests', { right: 'access' });
    await finish();
    expect((await site.post(`/requests/${copy.id}/withdraw`)).status).toBe(409);
  });

  test('reads what was decided and why, once it was answered', async () => {
    const lead = await leadOf(kept);
    const { body: complaint } = await site.post('/requests', { right: 'complaint', text: 'You are slow.' });
    const { body: objection } = await site.post('/requests', {
      right: 'objection',
      purposes: ['improvement.debugging'],
    });
    await finish();
    await kept.requests.decide(complaint.id, lead, {
      right: 'complaint',
      outcome: 'rejected',
      reason: 'It took a day.',
    });
    const weighed = {
      purpose: 'improvement.debugging',
      outcome: 'overridden',
      interests: 'Safety',
      reasons: 'It keeps you safe.',
    } as const;
    const balances = [{ ...weighed, article: 'Art 21(1) GDPR' }];
    await kept.requests.decide(objection.id, lead, { right: 'objection', balances });
    expect((await site.get(`/requests/${complaint.id}`)).body.decided).toEqual([]);
    await finish();
    expect((await site.get(`/requests/${complaint.id}`)).body.decided).toEqual([
      'We do not share your view.',
      'It took a day.',
    ]);
    expect((await site.look(`/requests/${objection.id}`)).text).toContain(
      '<p>Find and mend faults: it goes on. It keeps you safe. (Art 21(1) GDPR)</p>',
    );
  });

  test('reads why something was refused, and until when', async () => {
    const { body: opened } = await site.post('/requests', { right: 'erasure' });
    await finish();
    await kept.requests.refuse(opened.id, await leadOf(kept), {
      article: 'Art 17(3)(b) GDPR',
      reason: 'The tax office wants it.',
    } as never);
    const { body } = await site.get(`/requests/${opened.id}`);
    expect(body.refusal).toEqual({ article: 'Art 17(3)(b) GDPR', reason: 'The tax office wants it.', until: null });
    const { text } = await site.look(`/requests/${opened.id}`);
    expect(text).toContain('The tax office wants it.');
    expect(text).toContain(`/privacy/ask/complaint?about=${body.number}`);
    expect((await site.look(`/ask/complaint?about=${body.number}`)).text).toContain(
      `>About ${body.number}: </textarea>`,
    );
  });

  test('gets the signed receipt of an erasure', async () => {
    const { body: opened } = await site.post('/requests', { right: 'erasure' });
    expect((await site.get(`/requests/${opened.id}/receipt`)).status).toBe(404);
    await finish();
    await approved(kept, opened.id);
    await finish();
    const { body } = await site.get(`/requests/${opened.id}`);
    expect(body).toMatchObject({ status: 'fulfilled', hasReceipt: true });
    expect((await site.get(`/requests/${opened.id}/receipt`)).body.document.request.id).toBe(opened.id);
  });

  test('meets the same case by settings and by email (part of seedance25.contact.settings-or-email)', async () => {
    await mail(kept, ann.address, DELETE);
    await finish();
    const [byMail] = (await site.get('/')).body.requests;
    expect(byMail).toMatchObject({ right: 'erasure', channel: 'mail', status: 'received' });
    the.clock.forward({ minutes: 1 });
    const { body: second } = await site.post('/requests', { right: 'erasure' });
    await finish();
    expect((await site.get(`/requests/${second.id}`)).body).toMatchObject({ status: 'linked', goesOnAs: byMail.id });
    expect((await site.look(`/requests/${second.id}`)).text).toContain(`/privacy/requests/${byMail.id}`);
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
    expect((await site.get('/')).body.requests).toEqual([]);
    site.signedIn = (await somebody({ videos: 0 })).key;
    const { body: theirs } = await site.post('/requests', { right: 'erasure' });
    site.signedIn = ann.key;
    for (const id of [_id, theirs.id, 'nothing', 'a'.repeat(500), '%24ne']) {
      for (const answer of [
        await site.get(`/requests/${id}`),
        await site.post(`/requests/${id}/withdraw`),
        await site.get(`/requests/${id}/receipt`),
      ])
        expect(answer).toMatchObject({ status: 404, body: { type: 'urn:kept:REQUEST_NOT_FOUND' } });
    }
  });
});
