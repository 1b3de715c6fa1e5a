import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import express from 'express';
import request from 'supertest';
import { aPerson, aVideo, DAY, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { becomesActive, LONGER, SHORTER, versionWith, WIDER } from './newVersion.ts';

let the: Scene;
let kept: Kept;

beforeEach(async () => {
  the = await scene({ policy: versionWith(1) });
  kept = the.kept;
});
afterEach(() => the.close());

const toFal = {
  purpose: 'service.generation',
  category: 'generation.output',
  recipient: 'fal-ai',
  generation: 'g1',
} as const;
const outcome = async (subject: string, more: { collected?: Date } = {}): Promise<string> =>
  (await kept.decide({ ...toFal, ...more, subject })).outcome;

describe('what a looser version allows', () => {
  test('is denied for what was collected before, until its owner accepts that version', async () => {
    expect(await outcome('ann')).toBe('forbidden');
    await becomesActive(the, kept, versionWith(2, WIDER));

    const decision = await kept.decide({ ...toFal, subject: 'ann' });
    expect(decision.outcome).toBe('forbidden');
    expect(decision.because.map(({ text }) => text)).toEqual([
      expect.stringContaining('promised under version 1, not accepted since'),
    ]);

    await kept.policies.accept('ann', 'privacy page');
    expect([await outcome('ann'), await outcome('bo')]).toEqual(['permitted', 'forbidden']);
  });

  test('is allowed for what was collected since', async () => {
    const before = the.clock.now();
    await becomesActive(the, kept, versionWith(2, WIDER));
    expect(await outcome('ann', { collected: before })).toBe('forbidden');
    expect(await outcome('ann', { collected: the.clock.now() })).toBe('permitted');
  });

  test.each([
    ['an instant that cannot be read', new Date(Number.NaN)],
    ['a text', '2020-01-01'],
    ['an object', { $gt: 0 }],
  ])('is not asked by %s, by which no promise would bind', async (_, collected) => {
    await becomesActive(the, kept, versionWith(2, WIDER));
    await expect(outcome('ann', { collected: collected as never })).rejects.toMatchObject({ code: 'QUESTION_INVALID' });
  });

  test('stays denied for data of an older version when somebody accepted only one in between', async () => {
    await becomesActive(the, kept, versionWith(2, LONGER));
    await kept.policies.accept('ann', 'privacy page');
    await becomesActive(the, kept, versionWith(3, LONGER, WIDER));
    expect(await outcome('ann')).toBe('forbidden');
    await kept.policies.accept('ann', 'privacy page');
    expect(await outcome('ann')).toBe('permitted');
  });

  test('is denied again for everybody when a later version denies it', async () => {
    await becomesActive(the, kept, versionWith(2, WIDER));
    await kept.policies.accept('ann', 'privacy page');
    await becomesActive(the, kept, versionWith(3));
    expect(await outcome('ann')).toBe('forbidden');
    // No version before it promises more than it does: none is asked any more.
    const active = await the.db.collection('kept_policies').findOne({ _id: 'policy-sdance-ai' as never });
    expect(active).toMatchObject({ policyVersion: 3, promised: [] });
  });
});

describe('a renewed agreement', () => {
  test('is no new promise: what ran under the old one goes on', async () => {
    const renewed = (expires: string): [string, string] => [
      'agreement: { reference: DPA-FAL-1, signed: 2026-01-12, expires: 2030-12-31 }',
      `agreement: { reference: DPA-FAL-2, signed: 2026-01-12, expires: ${expires} }`,
    ];
    const prompt = { ...toFal, category: 'generation.prompt', subject: 'ann' } as const;
    const short = await the.restart({ policy: versionWith(1, renewed('2026-04-01')) });
    await becomesActive(the, short, versionWith(2, renewed('2030-12-31'), LONGER));
    the.clock.forward({ days: 60 });
    expect((await short.decide(prompt)).outcome).toBe('permitted');
  });
});

describe('a longer period', () => {
  const videos = async (person: Person): Promise<number> =>
    the.db.collection('generations').countDocuments({ userId: person.id });

  test('does not lengthen what was collected under the shorter one, but for those who accept it', async () => {
    const people = [await aPerson(the, 'ann@example.org'), await aPerson(the, 'bo@example.org')] as const;
    await becomesActive(the, kept, versionWith(2, LONGER));
    await kept.policies.accept(people[1].key, 'privacy page');
    for (const person of people) await aVideo(the, person.id, { createdAt: the.clock.now() });

    the.clock.forward({ days: 35 });
    await kept.retention.sweep();
    expect(await Promise.all(people.map(videos))).toEqual([1, 4]);
    the.clock.forward({ days: 30 });
    await kept.retention.sweep();
    expect(await Promise.all(people.map(videos))).toEqual([0, 0]);
  });

  test('that was shortened again is forgotten', async () => {
    await becomesActive(the, kept, versionWith(2, LONGER));
    const rule = (): object => kept.policy.retention.find(({ id }) => id === 'generated-videos') ?? {};
    expect(rule()).toMatchObject({ earlier: [{ version: 1, keep: { atMost: 'P30D' } }] });
    await becomesActive(the, kept, versionWith(3, SHORTER));
    expect(rule()).not.toHaveProperty('earlier');
  });

  test('of a period that was longer before lengthens what both allow, and no more', async () => {
    await becomesActive(the, kept, versionWith(2, SHORTER));
    const ann = await aPerson(the, 'ann@example.org', { videos: 0 });
    await aVideo(the, ann.id, { createdAt: the.clock.now() });
    await becomesActive(the, kept, versionWith(3, LONGER));
    const rule = kept.policy.retention.find(({ id }) => id === 'generated-videos');
    expect(rule?.earlier).toMatchObject([{ version: 2, keep: { atMost: 'P20D' } }]);
    the.clock.set(new Date(the.clock.now().getTime() + 22 * DAY));
    await kept.retention.sweep();
    expect(await videos(ann)).toBe(0);
  });
});

describe('acceptance', () => {
  test('sdance-ai.consent.by-use: is recorded by version, and sets no consent', async () => {
    await kept.policies.accept('ann', 'use of the service');
    await kept.policies.accept('ann', 'use of the service');
    await kept.evidence.sequence();
    expect(await the.db.collection('kept_acceptances').find().toArray()).toMatchObject([
      { subject: 'ann', policyVersion: 1, source: 'use of the service' },
    ]);
    expect((await kept.evidence.entries()).filter(({ type }) => type === 'PolicyAccepted')).toHaveLength(1);

    expect(await kept.consents.history('ann')).toEqual([]);
    const gated = kept.policy.consents.flatMap(({ gates }) =>
      gates.purposes.map((purpose) => ({ purpose, category: gates.categories[0] ?? '' })),
    );
    for (const question of gated) {
      expect([question, (await kept.decide({ ...question, subject: 'ann' })).outcome]).toEqual([question, 'forbidden']);
    }
  });

  test('of a version that never was is refused', async () => {
    await expect(kept.policies.accept('ann', 'privacy page', 7)).rejects.toMatchObject({ code: 'POLICY_INVALID' });
  });

  test('shows what changed since the version that was accepted, and nothing where all was', async () => {
    expect(await kept.policies.unaccepted('ann')).toEqual([]);
    await becomesActive(the, kept, versionWith(2, LONGER));
    const changes = ['Generations: kept at most 60 days instead of 30 days'];
    expect(await kept.policies.unaccepted('ann')).toEqual([{ version: 2, since: the.clock.now(), changes }]);
    await kept.policies.accept('ann', 'privacy page', 2);
    expect(await kept.policies.unaccepted('ann')).toEqual([]);
  });
});

test('a consent that a later version no longer asks for can still be seen and withdrawn', async () => {
  await kept.consents.give('ann', 'training', 'settings');
  const dropped = versionWith(
    2,
    [/^ {2}training:\n(?: {4}.*\n)+(?= {2}provider-training:)/m, ''],
    [/consents\.training, /g, ''],
    [/, consents\.training(?=[\],])/g, ''],
    [/^( {2}training:\n(?: {4}.*\n)*? {4}basis: )consent$/m, '$1legitimate-interest'],
  );
  await becomesActive(the, kept, dropped);
  const app = express().use('/privacy', kept.router({ subjectOf: () => 'ann' }));
  const page = await request(app).get('/privacy').set('Accept', 'application/json');
  expect(page.body.consents).toContainEqual(expect.objectContaining({ flag: 'training', inForce: true }));
  await expect(kept.consents.withdraw('bo', 'training', 'settings')).rejects.toMatchObject({
    code: 'CONSENT_INVALID',
  });
  await kept.consents.withdraw('ann', 'training', 'settings');
  expect((await kept.consents.history('ann')).map(({ what }) => what)).toEqual(['given', 'withdrawn']);
});
