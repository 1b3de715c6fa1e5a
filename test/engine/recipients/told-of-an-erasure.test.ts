import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  emailConnector,
  memoryMailer,
  type Notification,
  postalReader,
  type RecipientConnector,
  smtpMailer,
  webhookConnector,
} from '@kept/core';
import express from 'express';
import request from 'supertest';
import { type PostOffice, postOffice } from '../../mail/postOffice.ts';
import { aPerson, DAY, type Person } from '../../support/people.ts';
import { type RecipientHouse, recipientHouse } from '../../support/recipientHouse.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { again, approvedErasure, twoStaff } from '../case.ts';

const PRIVACY = 'privacy@creem.example';
const connectors: Record<string, RecipientConnector> = {};
let the: Scene;
let house: RecipientHouse;
let post: PostOffice;
let ann: Person;
let id: string;

beforeAll(async () => {
  post = await postOffice();
  const out = smtpMailer({ url: `smtp://127.0.0.1:${post.port}` });
  const inner = memoryMailer();
  const mail = {
    send: (letter: Parameters<typeof inner.send>[0]) => (letter.to === PRIVACY ? out : inner).send(letter),
  };
  the = { ...(await scene({ connectors, mail })), mailer: inner };
  house = await recipientHouse(the.keys, () => the.clock.now());
  Object.assign(connectors, {
    'fal-ai': webhookConnector(house.url),
    creem: emailConnector(PRIVACY, { answerWithinDays: 7, referencesOf: async () => ['cus_77'] }),
  });

  ann = await aPerson(the, 'ann@example.org', { videos: 1 });
  for (const generation of ['g-1', 'g-2']) {
    await the.kept.egress('fal-ai', { subject: ann.key, generation }).pass({ prompt: 'a boat' });
  }
  await unwired();
  id = await approvedErasure(the, the.kept, ann.address);
  await the.kept.requests.advance();
});
afterAll(async () => {
  await house.close();
  await post.close();
  await the.close();
});

/** Something left to a recipient for whom the host has no connector. */
async function unwired(): Promise<void> {
  const log = the.db.collection<{ _id: string }>('kept_disclosures');
  const [{ _id: _, ...like } = {}] = await log.find({}).toArray();
  await log.insertOne({ ...like, _id: 'disclosure-c', recipient: 'cloudflare', generation: 'g-1' } as never);
}

const told = async (recipient: string): Promise<Notification> => {
  const [found] = await the.kept.notifications.list({ request: id, recipient });
  if (!found) throw new Error(`Nothing is noted for ${recipient}`);
  return found;
};
const openFindings = async (): Promise<string[]> =>
  (await the.kept.findings.open()).filter(({ code }) => code === 'RECIPIENT_NOT_TOLD').map(({ text }) => text);

describe('an erasure is carried to those who got the data', () => {
  test('the letter says who they are, and until when their copies are there', async () => {
    expect((await again(the.kept, id)).status).toBe('fulfilled');
    await the.kept.outbox.deliver();
    const letter = the.mailer.sent.find(({ subjectLine }) => subjectLine.startsWith('Your data has been erased'));
    expect(letter?.text).toContain('- fal: its copies end on 2 April 2026 at the latest');
    expect(letter?.text).toMatch(/- Creem\n/);
    expect(letter?.text).toMatch(/- Cloudflare/);
  });

  test('each hears of its own references and categories, and of nothing else about the person', async () => {
    await the.kept.notifications.advance();
    await the.kept.outbox.deliver();

    expect(house.calls.map(({ notice }) => notice)).toMatchObject([
      { what: 'erasure', references: ['g-1', 'g-2'], categories: ['generation.prompt'], dueOn: '2026-03-17' },
    ]);
    const [mail] = post.arrived;
    const { text } = await postalReader().read(mail?.raw ?? Buffer.alloc(0));
    expect(mail?.to).toEqual([PRIVACY]);
    expect(text).toContain('- cus_77');
    expect(text).toContain('10 March 2026');
    for (const said of [JSON.stringify(house.calls), text])
      expect(said).not.toMatch(new RegExp(`ann@|Mara|${ann.key}`));
  });

  test('staff tell those for whom there is no connector, by a date', async () => {
    expect(await openFindings()).toEqual([expect.stringMatching(/^Cloudflare is to be told .* by 2026-03-17/)]);
    const { agent } = await twoStaff(the.kept);
    const { _id } = await told('cloudflare');
    await expect(the.kept.notifications.done(_id, 'nobody', 'told')).rejects.toMatchObject({
      code: 'APPROVAL_REFUSED',
    });
    await expect(the.kept.notifications.done(_id, agent, '')).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await the.kept.notifications.done(_id, agent, 'Told by telephone, case 12');
    expect(await openFindings()).toEqual([]);
    await expect(the.kept.notifications.done(_id, agent, 'again')).rejects.toMatchObject({
      code: 'NOTIFICATION_CLOSED',
    });
  });

  test('the link of the letter is good once, and opening it changes nothing; nobody else can make one', async () => {
    const app = express().use('/privacy', the.kept.router({ subjectOf: () => undefined }));
    const { text } = await postalReader().read(post.arrived[0]?.raw ?? Buffer.alloc(0));
    const path = /https:\/\/sdance\.test(\/privacy\/told\/\S+)/.exec(text)?.[1] ?? '';
    const stored = await the.kept.outbox.list();
    expect(JSON.stringify(stored)).not.toContain(path);

    await request(app)
      .get(path)
      .expect(200, /You have erased your copies/);
    expect((await told('creem')).state).toBe('sent');
    await request(app)
      .post(`${path.slice(0, -1)}x`)
      .expect(404);
    await request(app).post(path).set('sec-fetch-site', 'cross-site').expect(403);
    await request(app).post(path).type('form').send('').expect(200);
    expect(await told('creem')).toMatchObject({ state: 'confirmed', confirmedBy: 'link' });
    await request(app)
      .get(path)
      .expect(200, /nothing more/);
    await request(app).post(path).expect(409);
  });

  test('a program of the recipient says so in the same way', async () => {
    const app = express().use('/privacy', the.kept.router({ subjectOf: () => undefined }));
    const at = house.calls[0]?.notice.confirmAt.replace('https://sdance.test', '') ?? '';
    await request(app).post(at).set('accept', 'application/json').expect(200, { done: true });
    expect(await told('fal-ai')).toMatchObject({ state: 'confirmed' });
  });

  test('once it is done, what was told and when stays, and by what the person was known goes', async () => {
    await the.kept.notifications.advance();
    expect(await the.kept.notifications.told(id)).toMatchObject([
      { label: 'Cloudflare', state: 'confirmed', sentAt: expect.any(Date), endedAt: expect.any(Date) },
      { label: 'Creem', state: 'confirmed' },
      { label: 'fal', state: 'confirmed' },
    ]);
    const left = await Promise.all(
      ['notifications', 'outbox', 'evidenceDetails', 'findings'].map((name) =>
        the.db.collection(`kept_${name}`).find({}).toArray(),
      ),
    );
    expect(JSON.stringify(left)).not.toMatch(/g-1|g-2|cus_77/);
    await the.kept.evidence.sequence();
    const events = await the.kept.evidence.entries({ kind: 'notifications', id: (await told('fal-ai'))._id });
    expect(events.map(({ type }) => type)).toEqual(['NotificationQueued', 'NotificationSent', 'NotificationConfirmed']);
  });

  test('and all of it goes with the case', async () => {
    the.clock.set(new Date(the.clock.now().getTime() + 5 * 366 * DAY));
    await the.kept.retention.sweep({ rule: 'rights-records' });
    expect(await the.kept.notifications.list({ request: id })).toEqual([]);
    expect(await the.kept.evidence.verify()).toMatchObject({ ok: true });
  });
});
