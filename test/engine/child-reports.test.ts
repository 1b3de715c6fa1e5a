import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { StoredRequest, Ticket } from '@kept/core';
import express from 'express';
import request from 'supertest';
import type { Person } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { again, approved, DELETE, mail, ticketOfMail, twoStaff } from './case.ts';
import { casework } from './casework.ts';

const TEXT = 'This account belongs to my neighbour’s son, who is ten.';
const AUNT = 'aunt@example.org';

const the = await scene();
const { kept } = the;
const app = express().use('/privacy', kept.router({ subjectOf: () => undefined }));
const { somebody, has, lettersTo, lastTo, receiptOf, finish } = casework(() => the);
afterAll(() => the.close());
// A later quarter of an hour, in which nobody has reported anything yet.
beforeEach(() => void the.clock.forward({ minutes: 16 }));

const requestOf = async ({ _id }: Pick<Ticket, '_id'>): Promise<StoredRequest> => {
  const [id = ''] = (await kept.tickets.get(_id))?.requests ?? [];
  return again(kept, id);
};
const reported = async (child: Person, by: string = AUNT): Promise<StoredRequest> => {
  const ticket = await kept.children.report({ about: { address: child.address }, text: TEXT, by: { address: by } });
  await finish();
  return requestOf(ticket);
};
const usesOf = async ({ key }: Person): Promise<string[]> => {
  const asked = ['service.generation', 'legal.obligation'].map(async (purpose) => {
    const category = purpose === 'service.generation' ? 'generation.prompt' : 'account.contact';
    return (await kept.decide({ subject: key, purpose, category })).outcome;
  });
  return Promise.all(asked);
};

describe('a report that an account is a child’s', () => {
  test('sdance-ai.children.under-13: opens a case that goes before all others, and whose erasure two people approve without the account’s holder', async () => {
    const other = await somebody();
    await mail(kept, other.address, DELETE);
    const child = await somebody();
    the.clock.forward({ days: 3 });
    const open = await reported(child);

    const { items } = await kept.tickets.queue();
    expect(items[0]).toMatchObject({ _id: open.ticket, priority: 'child-report' });
    expect(open).toMatchObject({ right: 'erasure', report: 'child', status: 'previewed', subject: child.key });
    expect(lettersTo(child.address)).toEqual([]);

    await approved(kept, open._id);
    await finish();
    expect(await again(kept, open._id)).toMatchObject({ status: 'fulfilled' });
    expect([await has('generations', child), await has('sessions', child)]).toEqual([0, 0]);
    expect(await the.db.collection('users').countDocuments({ _id: child.id })).toBe(0);
    expect((await receiptOf(open._id)).identity.how).toBe('report');
    expect(lettersTo(child.address)).toEqual(['An account at this address has been erased']);
  });

  test('is approved by two different people, one of them a lead, as every erasure', async () => {
    const { agent, lead } = await twoStaff(kept);
    const open = await reported(await somebody());
    const hash = 'preview' in open ? open.preview.hash : '';
    await kept.requests.propose(open._id, lead, hash);
    await expect(kept.requests.approve(open._id, lead, hash)).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
    await expect(kept.requests.approve(open._id, agent, hash)).rejects.toMatchObject({ code: 'APPROVAL_REFUSED' });
  });

  test('stops nothing by itself; once a staff member holds it credible the account is stored only, and a refusal frees it', async () => {
    const { agent, lead } = await twoStaff(kept);
    const child = await somebody();
    const open = await reported(child);
    expect(await usesOf(child)).toEqual(['permitted', 'permitted']);

    await kept.requests.propose(open._id, agent, 'preview' in open ? open.preview.hash : '');
    expect(await usesOf(child)).toEqual(['forbidden', 'permitted']);

    const refusal = { article: 'Article 11(2) GDPR', reason: 'Nothing shows that it is a child.' };
    await kept.requests.refuse(open._id, lead, refusal);
    await finish();
    expect(await usesOf(child)).toEqual(['permitted', 'permitted']);
    expect(lettersTo(child.address)).toEqual([]);
  });

  test('tells the reporter the same whatever it was about and however it ended', async () => {
    const { lead } = await twoStaff(kept);
    const [known, stays] = [await somebody(), await somebody()];
    const erased = await reported(known, 'a@example.net');
    const refused = await reported(stays, 'b@example.net');
    const unknown = await requestOf(
      await kept.children.report({
        about: { address: 'nobody@example.org' },
        text: TEXT,
        by: { address: 'c@example.net' },
      }),
    );
    // Letters of one instant leave in any order.
    await finish();
    await approved(kept, erased._id);
    for (const { _id } of [refused, unknown])
      await kept.requests.refuse(_id, lead, { article: 'Article 11(2) GDPR', reason: 'No.' });
    await finish();

    const plain = (to: string): string => lastTo(to).replace(/K-[0-9A-F]+/g, 'K');
    expect(lettersTo('a@example.net')).toEqual(['We have your report', 'Your report is decided']);
    expect(lettersTo('c@example.net')).toEqual(['We have your report', 'Your report is decided']);
    expect([plain('b@example.net'), plain('c@example.net')]).toEqual([plain('a@example.net'), plain('a@example.net')]);
  });

  test('of an account that nobody found waits for a staff member who finds it', async () => {
    const { agent } = await twoStaff(kept);
    const child = await somebody();
    const ticket = await kept.children.report({ about: { link: 'https://sdance.test/v/77' }, text: TEXT });
    await finish();
    const open = await requestOf(ticket);
    expect(open.status).toBe('received');
    await expect(kept.children.concerns(open._id, 'a stranger', child.key)).rejects.toMatchObject({
      code: 'APPROVAL_REFUSED',
    });
    await expect(kept.children.concerns(open._id, agent, 'nobody')).rejects.toMatchObject({ code: 'SUBJECT_INVALID' });

    await kept.children.concerns(open._id, agent, child.key);
    await finish();
    await approved(kept, open._id);
    await finish();
    expect(await the.db.collection('users').countDocuments({ _id: child.id })).toBe(0);
    await expect(kept.children.concerns(open._id, agent, child.key)).rejects.toMatchObject({
      code: 'REQUEST_CONFLICT',
    });
  });

  test('by mail is the same case', async () => {
    const child = await somebody();
    const text = `My son is 9 years old and made an account with ${child.address} without asking me. Please delete his account.`;
    const ticket = await ticketOfMail(the, await mail(kept, 'parent@example.net', text));
    await finish();
    expect(ticket).toMatchObject({ kind: 'rights', priority: 'child-report' });
    const open = await requestOf(ticket);
    expect(open).toMatchObject({ report: 'child', status: 'previewed', subject: child.key });
    expect(lettersTo(child.address)).toEqual([]);
    expect(lettersTo('parent@example.net')).toEqual(['We have your report']);
  });

  test('by mail that asks for nothing is one as well', async () => {
    const ticket = await ticketOfMail(the, await mail(kept, 'teacher@example.net', 'The account belongs to a minor.'));
    expect(await requestOf(ticket)).toMatchObject({ right: 'erasure', report: 'child', status: 'received' });
  });
});

describe('the page for it', () => {
  const page = '/privacy/report-a-child';

  test('sdance-ai.children.under-13: is open to anybody, and answers the same for known and unknown accounts', async () => {
    const child = await somebody();
    expect((await request(app).get(page).expect(200)).text).toContain('Report an account of a child');
    const send = async (address: string): Promise<string> => {
      const answer = await request(app).post(page).type('form').send({ address, link: '', text: TEXT, by: '' });
      return `${answer.status} ${answer.text.replace(/K-[0-9A-F]+/g, 'K')}`;
    };
    const [known, unknown] = [await send(child.address), await send('nobody@example.org')];
    expect(known).toMatch(/^201 /);
    expect(unknown).toBe(known);
  });

  test('takes the same report twice for one, and only so many from one place', async () => {
    const body = { address: 'child@example.org', text: TEXT };
    const post = async (more: object = {}): Promise<request.Response> =>
      request(app)
        .post(page)
        .set('Accept', 'application/json')
        .send({ ...body, ...more });
    const [first, second] = [await post(), await post()];
    expect(second.body).toEqual(first.body);
    for (let n = 3; n <= 10; n += 1) expect((await post({ text: `${TEXT} ${n}` })).status).toBe(201);
    const { total } = await kept.tickets.queue();
    const refused = await post({ text: 'one more' });
    expect([refused.status, refused.body.type]).toEqual([403, 'urn:kept:REPORT_REFUSED']);
    expect((await kept.tickets.queue()).total).toBe(total);
  });

  test('refuses what says nothing, is too long, or is no text', async () => {
    const bad = [
      { text: TEXT },
      { address: 'child@example.org' },
      { address: { $ne: '' }, text: TEXT },
      { address: 'child@example.org', text: ['a'] },
      { address: 'child@example.org', text: 'x'.repeat(4001) },
      { link: 'x'.repeat(2001), text: TEXT },
      { address: 'child@example.org', text: TEXT, by: 'no address' },
      { address: 'child@example.org', text: TEXT, by: { $gt: '' } },
    ];
    for (const each of bad) {
      const { status } = await request(app).post(page).set('Accept', 'application/json').send(each);
      expect(status).toBe(422);
    }
    await request(app).post(page).set('Origin', 'https://elsewhere.test').send({ link: 'x', text: TEXT }).expect(403);
  });

  test('floods no address with letters: three reports a quarter of an hour speak for one', async () => {
    const report = (n: number): Promise<Ticket> =>
      kept.children.report({ about: { link: `l${n}` }, text: TEXT, by: { address: 'victim@example.net' } });
    for (let n = 1; n <= 3; n += 1) await report(n);
    await expect(report(4)).rejects.toMatchObject({ code: 'REPORT_REFUSED' });
  });
});

describe('who may join', () => {
  test('is answered before anything is stored, and nothing of the question is', async () => {
    const before = await the.db.listCollections().toArray();
    const young = { birthDate: '2015-05-01', country: 'DE' };
    await expect(kept.children.mayJoin(young)).resolves.toMatchObject({ outcome: 'forbidden' });
    await expect(kept.children.mayJoin({ birthYear: 1990, country: 'DE' })).resolves.toMatchObject({
      outcome: 'permitted',
    });
    await expect(kept.children.mayJoin({ age: 14 })).resolves.toMatchObject({ outcome: 'undetermined' });
    for (const { name } of before) {
      const text = JSON.stringify(await the.db.collection(name).find().toArray());
      expect([name, text.includes('2015-05-01')]).toEqual([name, false]);
    }
  });
});
