import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Kept, settableClock } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';

let the: Scene;
let kept: Kept;
let app: express.Express;
let mara: Person;
let people = 0;

const announcements = 'communication.announcement';

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  app = express().use('/privacy', kept.router({ subjectOf: () => undefined }));
  mara = await aPerson(the, 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
});
afterAll(() => the.close());

const somebody = (): Promise<Person> => {
  people += 1;
  return aPerson(the, `person-${people}@example.org`, { videos: 0, logs: 0, payments: 0 });
};
const pathOf = (link: string): string => new URL(link).pathname;
const may = async (subject: string, purpose: string): Promise<boolean> =>
  (await kept.decide({ subject, purpose, category: 'account.contact' })).outcome === 'permitted';

describe('a link to unsubscribe', () => {
  test('sdance-ai.purpose.communication: an announcement carries one, its button stops announcements, and all other letters go on', async () => {
    const headers = await kept.unsubscribe.headersFor(mara.key, announcements);
    const link = /^<(.+)>$/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    expect(link).toMatch(/^https:\/\/sdance\.test\/privacy\/unsubscribe\/[0-9a-f]+$/);

    const page = await request(app).get(pathOf(link));
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('Announcements of relevant products')]);
    expect(await may(mara.key, announcements)).toBe(true);
    expect((await request(app).post(pathOf(link))).status).toBe(200);

    expect(await may(mara.key, announcements)).toBe(false);
    expect(await may(mara.key, 'communication.notice')).toBe(true);
    expect(await kept.objections.history(mara.key)).toEqual([
      expect.objectContaining({ purpose: announcements, what: 'objected', source: 'unsubscribe link' }),
    ]);
  });

  test('works with the one click of a mail program, which shows no page and follows no redirect (RFC 8058)', async () => {
    const { key } = await somebody();
    const headers = await kept.unsubscribe.headersFor(key, announcements);
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    const link = (headers['List-Unsubscribe'] ?? '').slice(1, -1);
    const answer = await request(app)
      .post(pathOf(link))
      .type('form')
      .send({ 'List-Unsubscribe': 'One-Click' })
      .redirects(0);
    expect(answer.status).toBe(200);
    expect(await may(key, announcements)).toBe(false);
  });

  test('pressed twice objects once, and after a change of mind objects again', async () => {
    const { key } = await somebody();
    const path = pathOf(await kept.unsubscribe.linkFor(key, announcements));
    await request(app).post(path);
    await request(app).post(path);
    expect(await kept.objections.history(key)).toHaveLength(1);
    the.clock.forward({ seconds: 1 });
    await kept.objections.withdraw(key, announcements, 'settings');
    the.clock.forward({ seconds: 1 });
    await request(app).post(path);
    expect(await may(key, announcements)).toBe(false);
  });

  test('objects whatever became of the clock since', async () => {
    const { key } = await somebody();
    const path = pathOf(await kept.unsubscribe.linkFor(key, announcements));
    await request(app).post(path);
    the.clock.forward({ hours: 2 });
    await kept.objections.withdraw(key, announcements, 'settings');
    expect(await may(key, announcements)).toBe(true);
    const earlier = await the.restart({ clock: settableClock(new Date(the.clock.now().getTime() - 3_600_000)) });
    const back = express().use('/privacy', earlier.router({ subjectOf: () => key }));
    const page = await request(back).get('/privacy').set('Accept', 'application/json');
    expect(page.body.objections).toContainEqual(expect.objectContaining({ purpose: announcements, objected: false }));
    await request(back).post(path);
    expect(await may(key, announcements)).toBe(false);
  });

  test('names nobody to whom it passes by, and cannot be changed or made up', async () => {
    const link = await kept.unsubscribe.linkFor(mara.key, announcements);
    expect(Buffer.from(link.split('/').at(-1) ?? '', 'hex').toString('latin1')).not.toContain(mara.key);
    const path = pathOf(link);
    const wrong = [path.slice(0, -2), `${path}00`, '/privacy/unsubscribe/zz', '/privacy/unsubscribe/00'];
    for (const each of wrong) {
      expect([each, (await request(app).get(each)).status, (await request(app).post(each)).status]).toEqual([
        each,
        404,
        404,
      ]);
    }
  });

  test('of somebody who has left writes nothing down', async () => {
    const { key, id } = await somebody();
    const path = pathOf(await kept.unsubscribe.linkFor(key, announcements));
    await the.db.collection('users').deleteOne({ _id: id });
    expect((await request(app).post(path)).status).toBe(200);
    expect(await kept.objections.history(key)).toEqual([]);
  });

  test('is not made for letters that nobody can stop', async () => {
    await expect(kept.unsubscribe.linkFor(mara.key, 'communication.notice')).rejects.toMatchObject({
      code: 'OBJECTION_INVALID',
    });
    await expect(kept.unsubscribe.linkFor({} as never, announcements)).rejects.toMatchObject({
      code: 'SUBJECT_INVALID',
    });
  });
});
