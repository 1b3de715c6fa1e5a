import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Decision, type Kept, loadPack, type SubjectQuestion } from '@kept/core';
import express from 'express';
import fc from 'fast-check';
import mongoose from 'mongoose';
import request from 'supertest';
import { type Scene, scene } from '../support/scene.ts';
import { approved, confirmed, mail } from './case.ts';

const { ObjectId } = mongoose.mongo;

let the: Scene;
let kept: Kept;
let agent: string;
let app: express.Express;
let signedIn: string | undefined;

beforeAll(async () => {
  the = await scene({ policy: await loadPack('stripe-paypal-studio') });
  kept = the.kept;
  const member = { email: 'ada@studio.test', name: 'Ada', role: 'agent', password: 'a long enough one' } as const;
  agent = (await kept.staff.add(member))._id;
  app = express().use('/privacy', kept.router({ subjectOf: () => signedIn }));
});
afterAll(() => the.close());

async function aMember(email: string): Promise<string> {
  const _id = new ObjectId();
  await the.db.collection('users').insertOne({ _id, email, name: 'N', plan: 'pro', createdAt: the.clock.now() });
  return String(_id);
}

async function anImage(owner: string): Promise<string> {
  const file = `images/${new ObjectId()}.png`;
  await the.media.put(file, Buffer.from('picture'));
  const made = { userId: new ObjectId(owner), prompt: 'a boat', outputs: [{ file, size: 7, type: 'image/png' }] };
  const one = { ...made, visibility: 'private', links: [], createdAt: the.clock.now() };
  return String((await the.db.collection('generations').insertOne(one)).insertedId);
}

const shared = (subject: string, record: string) =>
  kept.links.create({ subject, collection: 'generations', record, part: { fields: ['outputs[].file'] } });
const opens = (token: string): Promise<boolean> =>
  kept.links.open(token).then(
    () => true,
    (error: { code?: string }) => {
      expect(error.code).toBe('LINK_NOT_FOUND');
      return false;
    },
  );
const look = (subject: string, purpose: string, reason = 'report K-7F3A2C') =>
  kept.views.open({ by: agent, subject, collection: 'generations', purpose, reason });

describe('who sees content', () => {
  test('stripe-paypal-studio.visibility.private-default: another viewer and a public listing are denied by default, and allowed after the owner’s change', async () => {
    const subject = await aMember('pia@example.org');
    const ask = (viewer: 'public' | 'link', visibility?: SubjectQuestion['visibility']): Promise<Decision['outcome']> =>
      kept
        .decide({
          subject,
          purpose: 'service.delivery',
          category: 'generation.output',
          viewer,
          ...(visibility && { visibility }),
        })
        .then(({ outcome }) => outcome);
    expect([await ask('public'), await ask('link')]).toEqual(['forbidden', 'forbidden']);
    expect([await ask('public', 'link'), await ask('link', 'link')]).toEqual(['forbidden', 'permitted']);
    expect([await ask('public', 'public'), await ask('link', 'public')]).toEqual(['permitted', 'permitted']);
    expect([await ask('public', 'private'), await ask('link', 'private')]).toEqual(['forbidden', 'forbidden']);
  });

  test('stripe-paypal-studio.visibility.share-link: a link opens exactly what was shared, can be revoked, and dies with the content or the account', async () => {
    const subject = await aMember('lia@example.org');
    const [one, two, three] = [await anImage(subject), await anImage(subject), await anImage(subject)];
    const first = await shared(subject, one);
    const part = { fields: ['outputs[].file'], files: [] };
    expect(await kept.links.open(first.token)).toEqual({ subject, collection: 'generations', record: one, part });
    await kept.links.revoke(first.id, subject);
    expect(await opens(first.token)).toBe(false);

    const [second, third] = [await shared(subject, two), await shared(subject, three)];
    await the.db.collection('generations').deleteOne({ _id: new ObjectId(two) });
    expect([await opens(second.token), await opens(third.token)]).toEqual([false, true]);
    await the.db.collection('users').updateOne({ _id: new ObjectId(subject) }, { $set: { closedAt: the.clock.now() } });
    expect(await opens(third.token)).toBe(false);
  });

  test('a staff view needs one of the four purposes and a reason, and is in the audit log and in what the owner is told (part of stripe-paypal-studio.visibility.internal-access)', async () => {
    const subject = await aMember('ida@example.org');
    await anImage(subject);
    const four = ['safety.monitoring', 'safety.abuse', 'service.troubleshooting', 'legal.obligation'];
    const seen: string[] = [];
    for (const purpose of four) {
      const { decision, view } = await look(subject, purpose, `incident 7, for ${purpose}`);
      expect([purpose, decision.outcome]).toEqual([purpose, 'permitted']);
      seen.push(view);
      await expect(look(subject, purpose, '')).rejects.toMatchObject({ code: 'REASON_INVALID' });
    }
    const others = kept.policy.purposes.map(({ name }) => name).filter((name) => !four.includes(name));
    for (const purpose of others) {
      if (purpose.startsWith('legal.')) continue;
      expect([purpose, (await look(subject, purpose)).decision.outcome]).toEqual([purpose, 'forbidden']);
    }

    await kept.evidence.sequence();
    for (const id of seen)
      expect(await kept.evidence.entries({ kind: 'views', id })).toMatchObject([{ type: 'StaffViewed' }]);
    signedIn = subject;
    const { views, viewsInAll } = (await request(app).get('/privacy').accept('json')).body;
    expect(viewsInAll).toBe(four.length);
    expect(views.map((view: { purpose: string }) => view.purpose).sort()).toEqual(four.toSorted());
    expect(views).toContainEqual(
      expect.objectContaining({ on: '2026-03-03', role: 'agent', reason: 'incident 7, for safety.abuse' }),
    );
    const page = (await request(app).get('/privacy').accept('html')).text;
    expect(page).toContain('incident 7, for safety.abuse');
    expect([page.includes('Ada'), page.includes(agent)]).toEqual([false, false]);
  });

  test('after an erasure the views say that staff looked, and no longer at whom', async () => {
    const email = 'uma@example.org';
    const subject = await aMember(email);
    const record = await anImage(subject);
    const { view } = await kept.views.open({
      ...{ by: agent, subject, record, collection: 'generations' },
      ...{ purpose: 'safety.abuse', reason: 'incident 9' },
    });
    const { token } = await shared(subject, record);
    await mail(kept, email, 'Please delete everything you have about me.');
    const { _id } = await confirmed(the, kept, email);
    await approved(kept, _id);
    await kept.requests.advance();
    expect((await kept.requests.get(_id))?.carriedOut).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ collection: 'kept.views', action: 'detach', done: 1, rule: 'retention.views' }),
        expect.objectContaining({ collection: 'kept.links', action: 'erase', done: 1 }),
      ]),
    );
    const stored = await the.db.collection<{ _id: string }>('kept_views').findOne({ _id: view });
    expect(stored).toMatchObject({ staff: agent, purpose: 'safety.abuse' });
    expect([JSON.stringify(stored).includes(subject), JSON.stringify(stored).includes(record)]).toEqual([false, false]);
    expect(await opens(token)).toBe(false);
  });

  test('on the privacy page people see their links and take them back', async () => {
    const subject = await aMember('zoe@example.org');
    const { id, token } = await shared(subject, await anImage(subject));
    signedIn = subject;
    const page = (await request(app).get('/privacy').accept('html')).text;
    expect(page).toContain('Your sharing links');
    signedIn = await aMember('eve@example.org');
    expect((await request(app).post('/privacy/links/revoke').send({ id })).status).toBe(404);
    expect(await opens(token)).toBe(true);
    signedIn = subject;
    expect(
      (
        await request(app)
          .post('/privacy/links/revoke')
          .send({ id: { $ne: '' } })
      ).status,
    ).toBe(422);
    const back = await request(app).post('/privacy/links/revoke').type('form').accept('html').send({ id });
    expect([back.status, await opens(token)]).toEqual([303, false]);
    expect((await request(app).get('/privacy').accept('html')).text).not.toContain('Your sharing links');
  });
});

describe('whatever happens in whatever order', () => {
  type Step = 'share' | 'revoke' | 'revoke all' | 'publish' | 'hide' | 'close' | 'reopen' | 'restrict' | 'lift' | 'end';
  const steps = fc.array(
    fc.constantFrom<Step>(
      'share',
      'share',
      'revoke',
      'revoke all',
      'publish',
      'hide',
      'close',
      'reopen',
      'restrict',
      'lift',
      'end',
    ),
    { minLength: 3, maxLength: 12 },
  );

  test('no link opens what is not shared now', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        const subject = await aMember(`${new ObjectId()}@example.org`);
        const record = await anImage(subject);
        const [user, image] = [{ _id: new ObjectId(subject) }, { _id: new ObjectId(record) }];
        const users = the.db.collection('users');
        const images = the.db.collection('generations');
        let now = { there: true, closed: false, public: false };
        const holds: string[] = [];
        const links: { id: string; token: string; live: boolean; sharedPublic: boolean }[] = [];
        const does: Record<Step, () => Promise<unknown>> = {
          async share() {
            const link = await shared(subject, record).catch((error: { code: string }) => error.code);
            const mayShare = now.there && !now.closed && holds.length === 0;
            expect(typeof link === 'object').toBe(mayShare);
            if (typeof link === 'object') links.push({ ...link, live: true, sharedPublic: now.public });
          },
          async revoke() {
            const link = links.find(({ live }) => live);
            if (!link) return;
            await kept.links.revoke(link.id, subject);
            link.live = false;
          },
          async 'revoke all'() {
            await kept.links.revokeAll(subject);
            for (const link of links) link.live = false;
          },
          publish: () =>
            images.updateOne(image, { $set: { visibility: 'public' } }).then(() => (now = { ...now, public: true })),
          hide: () =>
            images.updateOne(image, { $set: { visibility: 'private' } }).then(() => (now = { ...now, public: false })),
          close: () =>
            users.updateOne(user, { $set: { closedAt: the.clock.now() } }).then(() => (now = { ...now, closed: true })),
          reopen: () =>
            users.updateOne(user, { $unset: { closedAt: '' } }).then(() => (now = { ...now, closed: false })),
          restrict: () =>
            kept.holds
              .place({ kind: 'restriction', subject, ground: 'accuracy', by: agent })
              .then((id) => holds.push(id)),
          async lift() {
            for (const id of holds.splice(0)) await kept.holds.lift(id, agent);
          },
          end: () => images.deleteOne(image).then(() => (now = { ...now, there: false })),
        };
        for (const step of story) {
          await does[step]();
          for (const { token, live, sharedPublic } of links) {
            const isShared = live && now.there && !now.closed && holds.length === 0 && (now.public || !sharedPublic);
            expect([step, await opens(token)]).toEqual([step, isShared]);
          }
        }
      }),
      { seed: 11, numRuns: 25 },
    );
  });
});
