import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { aPerson, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { twoStaff } from './case.ts';
import { becomesActive, LABEL, LONGER, SHORTER, versionWith, WIDER } from './newVersion.ts';

let the: Scene;
let kept: Kept;
let mara: Person;

beforeEach(async () => {
  the = await scene({ policy: versionWith(1) });
  kept = the.kept;
  mara = await aPerson(the, 'mara@example.org', { videos: 1, logs: 0, payments: 0 });
  await aPerson(the, 'ben@example.org', { videos: 0, logs: 0, payments: 0 });
});
afterEach(() => the.close());

const told = (): string[] =>
  the.mailer.sent.filter(({ subjectLine }) => subjectLine.includes('privacy notice')).map(({ to }) => to);
const POSTING: [string, string] = ['  dated: true\n', '  dated: true\n  tells: posting\n'];

describe('the letter about a change', () => {
  test('goes to each person once, with what changed in words, the date and where to accept or object', async () => {
    await the.db.collection('users').insertOne({ name: 'without an address', createdAt: the.clock.now() });
    await becomesActive(the, kept, versionWith(2, LONGER, WIDER));
    for (let round = 0; round < 3; round += 1) await kept.workOff();

    expect(told().sort()).toEqual(['ben@example.org', 'mara@example.org']);
    const [letter] = the.mailer.sent;
    expect(letter?.text).toContain('Generations: kept at most 60 days instead of 30 days');
    expect(letter?.text).toContain('fal: receives from now on Generations');
    expect(letter?.text).toMatch(/4 March 2026[\s\S]*https:\/\/sdance\.test\/privacy\/[\s\S]*object/);
  });

  test('goes to nobody where nothing is material, or where the notice only promises a posting', async () => {
    await the.restart({ policy: versionWith(1, LABEL) });
    await kept.workOff();
    expect(told()).toEqual([]);

    const posting = await scene({ policy: versionWith(1, POSTING) });
    await aPerson(posting, 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
    await becomesActive(posting, posting.kept, versionWith(2, POSTING, LONGER));
    await posting.kept.workOff();
    expect(posting.mailer.sent).toEqual([]);
    expect(posting.kept.policy.notice.lastUpdated).toBe('2026-03-04');
    await posting.close();
  });

  test('still goes out where the change is that there will be none any more', async () => {
    await becomesActive(the, kept, versionWith(2, POSTING));
    await kept.workOff();
    expect(told()).toHaveLength(2);
  });

  test('passes over people who accepted the version already', async () => {
    const { agent, lead } = await twoStaff(kept);
    const next = versionWith(2, SHORTER);
    await kept.policies.propose(next, agent, 'less is enough');
    await kept.policies.approve(next.hash, lead);
    await kept.policies.accept(mara.key, 'sign-up');
    await kept.workOff();
    expect(told()).toEqual(['ben@example.org']);
  });

  test('is sent once although several workers write it at the same time', async () => {
    for (let n = 0; n < 120; n += 1) {
      await the.db.collection('users').insertOne({ email: `p${n}@example.org`, createdAt: the.clock.now() });
    }
    const workers = await Promise.all([the.restart(), the.restart(), the.restart()]);
    const next = versionWith(2, SHORTER);
    const lead = await kept.staff.add({
      email: 'lin@kept.test',
      name: 'Lin',
      role: 'lead',
      password: 'a long password',
    });
    await kept.policies.propose(next, lead._id, 'less is enough');
    await kept.policies.approve(next.hash, lead._id);
    await Promise.all(workers.map((worker) => worker.policies.advance()));
    await Promise.all(workers.map((worker) => worker.outbox.deliver()));
    expect(told()).toHaveLength(122);
    expect(new Set(told()).size).toBe(122);
  });

  test('is forgotten with its address a day after all have theirs; one that failed stays for staff', async () => {
    await becomesActive(the, kept, versionWith(2, LONGER));
    await kept.workOff();
    const letters = (): Promise<number> =>
      the.db.collection('kept_outbox').countDocuments({ letter: 'policy-changed' });
    await the.db.collection('kept_outbox').updateOne({ to: 'ben@example.org' }, { $set: { state: 'failed' } });
    expect(await letters()).toBe(2);
    the.clock.forward({ days: 1 });
    await kept.workOff();
    expect(await letters()).toBe(1);
    the.clock.forward({ days: 30 });
    await kept.workOff();
    expect(await letters()).toBe(0);
    expect((await kept.evidence.entries()).filter(({ type }) => type === 'LetterSent')).toHaveLength(2);
    expect(await kept.evidence.verify()).toMatchObject({ ok: true });

    the.clock.forward({ days: 1 });
    await kept.workOff();
    expect(told()).toHaveLength(2);
  });
});

describe('the privacy page', () => {
  const visit = async (): Promise<{ app: express.Express; page: () => Promise<string> }> => {
    const app = express().use('/privacy', kept.router({ subjectOf: () => mara.key }));
    return { app, page: async () => (await request(app).get('/privacy/').accept('html')).text };
  };

  test('shows what changed, and takes an acceptance that gives no consent', async () => {
    const { app, page } = await visit();
    expect(await page()).not.toContain('has changed');
    await becomesActive(the, kept, versionWith(2, LONGER));

    const shown = await page();
    expect(shown).toContain('Version 2 is in force since 4 March 2026');
    expect(shown).toContain('<li>Generations: kept at most 60 days instead of 30 days</li>');
    const accepted = await request(app).post('/privacy/acceptances').type('form').send({ version: '2' }).accept('html');
    expect([accepted.status, accepted.headers.location]).toEqual([303, '/privacy/']);
    expect(await page()).not.toContain('has changed');
    expect(await kept.consents.history(mara.key)).toEqual([]);
  });

  test('accepts the version that was shown, and shows the next one', async () => {
    const { app, page } = await visit();
    await becomesActive(the, kept, versionWith(2, LONGER));
    await page();
    await becomesActive(the, kept, versionWith(3, LONGER, WIDER));
    const accepted = await request(app).post('/privacy/acceptances').accept('json').send({ version: 2 });
    expect(accepted.body).toEqual({ version: 2 });
    const shown = await request(app).get('/privacy/').accept('json');
    expect(shown.body.notice).toEqual({
      version: 3,
      since: '2026-03-05',
      changes: [expect.stringContaining('fal: receives from now on Generations')],
    });
  });

  test('refuses a version that is none, and what comes from another site', async () => {
    const { app } = await visit();
    for (const version of ['', 'two', '0', 7, { $gt: 0 }]) {
      const answer = await request(app).post('/privacy/acceptances').send({ version });
      expect([version, answer.status]).toEqual([version, 422]);
    }
    const foreign = await request(app)
      .post('/privacy/acceptances')
      .set('Origin', 'https://evil.test')
      .send({ version: 1 });
    expect(foreign.status).toBe(403);
  });
});
