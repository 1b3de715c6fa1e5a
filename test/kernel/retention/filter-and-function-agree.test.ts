import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import type { RetentionDecision, RetentionRecord } from '../../../packages/core/src/kernel/decision.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { decideRedaction, decideRetention } from '../../../packages/core/src/kernel/retention/decideRetention.ts';
import { mayBeOver } from '../../../packages/core/src/kernel/retention/isOver.ts';
import { redactionFilter } from '../../../packages/core/src/kernel/retention/redactionFilter.ts';
import { type Filter, retentionFilter } from '../../../packages/core/src/kernel/retention/retentionFilter.ts';
import { policyWith } from '../policy/editedPack.ts';
import { delivered, loosenedFrom, redacting, ruleOf, tiered } from './variedPolicies.ts';

interface Video {
  readonly _id: number;
  readonly userId: string;
  readonly createdAt?: Date | null;
  readonly savedAt?: Date | null;
  readonly unsavedAt?: Date | null;
  readonly deliveredAt?: Date | null;
}

const videosKeep = 'keep: { atMost: P30D, from: notice }\n    since: generated';
const variants: readonly Policy[] = [
  policyWith(),
  policyWith([videosKeep, 'keep: { atMost: P1M, from: notice }\n    since: generated']),
  policyWith([videosKeep, 'keep: { atMost: P1Y, atLeast: P360D, from: operator }\n    since: generated']),
  policyWith([videosKeep, 'keep: { atLeast: P1Y, fromEndOf: year, from: operator }\n    since: generated']),
  policyWith([videosKeep, 'keep: { atLeast: P2M, from: operator }\n    since: generated'], ['keep: P7D', 'keep: P1M']),
  delivered,
];

const CHANGED = '2026-02-01T00:00:00.000Z';
const earlier = [
  { keep: { atMost: 'P5D', from: 'notice' }, version: 1, before: CHANGED },
  { keep: { atMost: 'P20D', atLeast: 'P15D', from: 'notice' }, version: 2, before: '2026-02-20T00:00:00.000Z' },
] as const;
/** Policies under which the owner counts too. */
const owned: readonly Policy[] = [
  tiered,
  loosenedFrom(policyWith(), 'generated-videos', ...earlier),
  loosenedFrom(tiered, 'generated-videos', { ...earlier[0], tiers: null }),
  loosenedFrom(delivered, 'generated-videos', { ...earlier[0], otherwise: null }, earlier[1]),
  loosenedFrom(delivered, 'generated-videos', { ...earlier[0], since: 'generated', otherwise: null }),
];
const owners = fc.record({
  tier: fc.constantFrom('free', 'plus', 'pro', 'none'),
  accepted: fc.constantFrom(0, 1, 2, 3),
  owner: fc.record({ downgraded: fc.constantFrom(undefined, new Date('2026-02-03T00:00:00Z')) }),
});

const near = (base: number): fc.Arbitrary<Date> =>
  fc
    .oneof(
      fc.constant(base),
      fc.integer({ min: -3, max: 3 }).map((ms) => base + ms),
      fc.integer({ min: base - 9e10, max: base + 9e10 }),
    )
    .map((ms) => new Date(ms));
const absent = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(null, undefined) });
const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 1, arbitrary: value }, { weight: 2, arbitrary: fc.constantFrom(null, undefined) });

const GENERATED = Date.UTC(2026, 0, 31, 22, 30);
const videos: readonly Video[] = fc
  .sample(
    fc.record({
      createdAt: absent(near(GENERATED)),
      savedAt: seldom(near(GENERATED)),
      unsavedAt: seldom(near(GENERATED + 25 * 86_400_000)),
      deliveredAt: seldom(near(GENERATED + 2 * 86_400_000)),
      userId: fc.constantFrom('u1', 'u2', 'u3'),
    }),
    { numRuns: 400, seed: 42 },
  )
  .map(
    (facts, _id) =>
      Object.fromEntries(
        Object.entries({ _id, ...facts }).filter(([, value]) => value !== undefined),
      ) as unknown as Video,
  );

/** The facts of a record as the inventory of sdance-ai reads them. */
function recordOf(video: Video): RetentionRecord {
  return {
    collection: 'generations',
    subject: video.userId,
    anchors: {
      generated: video.createdAt ?? undefined,
      unsaved: video.unsavedAt ?? undefined,
      delivered: video.deliveredAt ?? undefined,
    },
    predicates: { saved: video.savedAt != null },
  };
}

const client = new MongoClient(process.env.KEPT_TEST_MONGODB_URI ?? 'mongodb://127.0.0.1');
const collection = client.db('kept_retention_filter').collection<Video>('generations');

beforeAll(async () => {
  await collection.drop().catch(() => undefined);
  await collection.insertMany([...videos]);
});
afterAll(async () => {
  await collection.drop();
  await client.close();
});

async function idsOf(filter: Filter | null): Promise<number[]> {
  const found = collection.find(filter ?? {}, { projection: { _id: 1 } }).sort({ _id: 1 });
  return (await found.toArray()).map((one) => one._id);
}

describe('filter and function', () => {
  test('sdance-ai.retention.videos-30-days: the database ends exactly the records that the decision ends', async () => {
    const moments = fc.record({
      policy: fc.constantFrom(...variants),
      video: fc.constantFrom(...videos),
      ms: fc.integer({ min: -2, max: 2 }),
      aheadMs: fc.constantFrom(0, 0, 3_600_000),
    });
    await fc.assert(
      fc.asyncProperty(moments, async ({ policy, video, ms, aheadMs }) => {
        const due =
          decideRetention(policy, recordOf(video), [], new Date(GENERATED)).dueAt ?? new Date('2026-03-02T22:30:00Z');
        const now = new Date(due.getTime() + ms - aheadMs);
        const decided = videos.filter(
          (one) => decideRetention(policy, recordOf(one), [], now, { aheadMs }).outcome === 'erase',
        );

        const filter = retentionFilter(policy, 'generations', now, { aheadMs });
        expect(await idsOf(filter)).toEqual(decided.map((one) => one._id));
      }),
      { numRuns: 140, seed: 7 },
    );
  });

  test('where the owner counts too, the database finds every record that is over, and none that is over for nobody', async () => {
    const moments = fc.record({
      policy: fc.constantFrom(...owned),
      video: fc.constantFrom(...videos),
      of: owners,
      ms: fc.integer({ min: -2, max: 2 }),
      aheadMs: fc.constantFrom(0, 0, 3_600_000),
    });
    await fc.assert(
      fc.asyncProperty(moments, async ({ policy, video, of, ms, aheadMs }) => {
        const decide = (one: Video, who: object, now: Date, ahead = 0): RetentionDecision =>
          decideRetention(policy, { ...recordOf(one), ...who }, [], now, { aheadMs: ahead });
        const due = decide(video, of, new Date(GENERATED)).dueAt ?? new Date('2026-03-02T22:30:00Z');
        const now = new Date(due.getTime() + ms - aheadMs);
        const found = new Set(await idsOf(retentionFilter(policy, 'generations', now, { aheadMs })));
        const over = (one: Video, who: object): boolean => decide(one, who, now, aheadMs).outcome === 'erase';
        for (const one of videos) if (over(one, of)) expect(found).toContain(one._id);

        const anybody = [undefined, 'free', 'plus', 'pro'].map((tier) => (tier === undefined ? {} : { tier }));
        const someone = videos.filter((one) => anybody.some((who) => over(one, who)));
        expect([...found]).toEqual(someone.map((one) => one._id));
        const { zone } = policy.controller;
        const rule = ruleOf(policy, 'generated-videos');
        for (const one of someone) expect(mayBeOver(rule, recordOf(one).anchors, zone, now, aheadMs)).toBe(true);
      }),
      { numRuns: 120, seed: 8 },
    );
  });

  test('fields are found to be due exactly where the decision takes them out and some of them are left', async () => {
    const inputs = { rule: 'inputs', fields: ['savedAt', 'deliveredAt'] };
    const moments = fc.record({ video: fc.constantFrom(...videos), ms: fc.integer({ min: -2, max: 2 }) });
    await fc.assert(
      fc.asyncProperty(moments, async ({ video, ms }) => {
        const due = (video.createdAt?.getTime() ?? GENERATED) + 2 * 86_400_000;
        const now = new Date(due + ms);
        const decided = videos.filter(
          (one) =>
            decideRedaction(redacting, recordOf(one), inputs, [], now).outcome === 'redact' &&
            ('savedAt' in one || 'deliveredAt' in one),
        );
        expect(await idsOf(redactionFilter(redacting, 'generations', inputs, now))).toEqual(
          decided.map(({ _id }) => _id),
        );
      }),
      { numRuns: 60, seed: 9 },
    );
  });

  test('held subjects are left out of the filter', async () => {
    const now = new Date('2030-01-01T00:00:00Z');
    const [policy] = variants as [Policy];
    const filter = retentionFilter(policy, 'generations', now, { exceptSubjects: ['u1', 'u2'] });
    const found = await collection.find(filter ?? {}).toArray();
    expect(new Set(found.map((one) => one.userId))).toEqual(new Set(['u3']));
  });

  test('records that go with their account have no filter of their own', () => {
    const [policy] = variants as [Policy];
    expect(retentionFilter(policy, 'apiKeys', new Date(0))).toBeNull();
    expect(policy.inventory.collections.find((one) => one.name === 'apiKeys')?.follows).toBe('users');
  });
});
