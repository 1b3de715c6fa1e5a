import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { scene } from '../support/scene.ts';
import { again, mail, ticketOfMail } from './case.ts';
import { casework } from './casework.ts';

const TEXT = 'That is my face in this clip. I never agreed to it, please take it down.';

const the = await scene();
const { kept } = the;
const app = express().use('/privacy', kept.router({ subjectOf: () => undefined }));
const { somebody, lettersTo, finish } = casework(() => the);
afterAll(() => the.close());
// A later quarter of an hour, in which nobody has reported anything yet.
beforeEach(() => void the.clock.forward({ minutes: 16 }));

describe('the roads to a report of somebody pictured', () => {
  test('by mail it is the same case, whatever account writes', async () => {
    const writer = await somebody();
    const text = 'Somebody uploaded a video with my face in it without my consent. Please take it down.';
    const ticket = await ticketOfMail(the, await mail(kept, writer.address, text));
    await finish();
    expect(ticket).toMatchObject({ kind: 'rights', priority: 'pictured-report' });
    const open = await again(kept, (await kept.tickets.get(ticket._id))?.requests[0] ?? '');
    expect(open).toMatchObject({ right: 'erasure', report: 'pictured', subject: `kept:address:${writer.address}` });
    expect(open.about).toBeUndefined();
    expect(lettersTo(writer.address)).toEqual(['We have your report']);
  });

  test('by the page it needs no account, is one when it is sent twice, and says nothing of what is there', async () => {
    const page = '/privacy/report-a-picture';
    expect((await request(app).get('/privacy/report-a-child')).text).toContain(`href="${page}"`);
    expect((await request(app).get(page).expect(200)).text).toContain('Report that you are shown');
    const send = (link: string): request.Test =>
      request(app).post(page).set('Accept', 'application/json').send({ link, text: TEXT, by: 'page@example.net' });
    const [first, second] = [await send('clip 1'), await send('clip 1')];
    expect(first.status).toBe(201);
    expect(second.body).toEqual(first.body);
    const form = await request(app).post(page).type('form').send({ link: 'clip 2', text: TEXT, by: '' });
    expect(form.text).toContain('A colleague looks at it');
  });

  test('the page refuses what says nothing, is too long, or is no text, and floods no address', async () => {
    const page = '/privacy/report-a-picture';
    const bad = [
      { text: TEXT },
      { link: 'x' },
      { link: { $ne: '' }, text: TEXT },
      { link: 'x', text: ['a'] },
      { link: 'x'.repeat(2001), text: TEXT },
      { link: 'x', text: 'x'.repeat(4001) },
      { link: 'x', text: TEXT, by: 'no address' },
    ];
    for (const each of bad)
      expect((await request(app).post(page).set('Accept', 'application/json').send(each)).status).toBe(422);
    await request(app).post(page).set('Origin', 'https://elsewhere.test').send({ link: 'x', text: TEXT }).expect(403);
    for (let n = 1; n <= 3; n += 1)
      await kept.reports.pictured({ link: `l${n}`, text: TEXT, by: { address: 'victim@example.net' } });
    await expect(
      kept.reports.pictured({ link: 'l4', text: TEXT, by: { address: 'victim@example.net' } }),
    ).rejects.toMatchObject({ code: 'REPORT_REFUSED' });
  });
});
