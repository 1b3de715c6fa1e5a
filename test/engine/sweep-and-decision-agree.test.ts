import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { decideRetention } from '../../packages/core/src/kernel/retention/decideRetention.ts';
import { loosenedFrom, tiered } from '../kernel/retention/variedPolicies.ts';
import { DAY } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { sweeping } from './sweeping.ts';

const { ObjectId } = mongoose.mongo;
const RULE = 'generated-videos';
const AHEAD = DAY / 4 + 60_000;

let the: Scene;
const { ago } = sweeping(() => the);

beforeAll(async () => {
  the = await scene({ policy: tiered });
});
afterAll(() => the.close());

const accept = (subject: string, policyVersion: number): Promise<unknown> =>
  the.db.collection('kept_acceptances').insertOne({
    ...{ service: 'sdance-ai', schema: 1, version: 0, pending: [] },
    ...{ subject, policyVersion, at: the.clock.now(), source: 'page' },
  });

test('the sweep takes exactly the records that the decision ends, whoever owns them and whatever they accepted', async () => {
  const earlier = [
    { keep: { atMost: 'P5D', from: 'notice' }, tiers: null, version: 1, before: ago(20).toISOString() },
    { keep: { atMost: 'P12D', from: 'notice' }, version: 2, before: ago(10).toISOString() },
  ] as const;
  const policy = loosenedFrom(tiered, RULE, ...earlier);
  const days = fc.integer({ min: 0, max: 100 });
  const people = fc.sample(
    fc.record({
      plan: fc.constantFrom('free', 'plus', 'pro', 'trial', undefined),
      accepted: fc.constantFrom(undefined, 1, 2, 3),
      downgraded: fc.option(days, { nil: undefined }),
    }),
    { numRuns: 24, seed: 11 },
  );
  const owners = people.map((facts) => ({ ...facts, _id: new ObjectId() }));
  await the.db.collection('users').insertMany(
    owners.map(({ _id, plan, downgraded }) => ({
      ...{ _id, email: `${_id}@example.org` },
      ...(plan !== undefined && { plan }),
      ...(downgraded !== undefined && { downgradedAt: ago(downgraded) }),
    })),
  );
  for (const { _id, accepted } of owners) if (accepted !== undefined) await accept(String(_id), accepted);
  const lost = { _id: new ObjectId(), plan: undefined, accepted: undefined, downgraded: undefined };
  const videos = fc
    .sample(
      fc.record({
        of: fc.constantFrom(...owners, lost),
        age: fc.oneof(days, fc.constantFrom(5, 7, 12, 30)),
        saved: fc.boolean(),
        unsaved: fc.option(days, { nil: undefined }),
      }),
      { numRuns: 300, seed: 12 },
    )
    .map((facts) => ({ ...facts, _id: new ObjectId() }));
  await the.db.collection('generations').insertMany(
    videos.map(({ _id, of, age, saved, unsaved }) => ({
      ...{ _id, userId: of._id, outputs: [], createdAt: ago(age) },
      ...(saved && { savedAt: ago(0) }),
      ...(unsaved !== undefined && { unsavedAt: ago(unsaved) }),
    })),
  );

  const now = the.clock.now();
  const ends = ({ of, age, saved, unsaved }: (typeof videos)[number], aheadMs: number): boolean => {
    const { plan, accepted, downgraded } = of;
    const record = {
      ...{ collection: 'generations', predicates: { saved } },
      anchors: { generated: ago(age), unsaved: unsaved === undefined ? undefined : ago(unsaved) },
      owner: { downgraded: downgraded === undefined ? undefined : ago(downgraded) },
      ...(plan !== undefined && { tier: plan }),
      ...(accepted !== undefined && { accepted }),
    };
    return decideRetention(policy, record, [], now, { aheadMs }).outcome === 'erase';
  };
  const left = videos.filter((each) => !ends(each, AHEAD)).map(({ _id }) => String(_id));
  expect(left.length).toBeGreaterThan(100);
  expect(left.length).toBeLessThan(280);

  const restarted = await the.restart({ policy });
  const [dry] = await restarted.retention.sweep({ rule: RULE, dryRun: true });
  const [live] = await restarted.retention.sweep({ rule: RULE });
  expect([dry?.collections[0]?.due, live?.collections[0]?.erased]).toEqual([300 - left.length, 300 - left.length]);
  expect((await the.db.collection('generations').distinct('_id')).map(String).sort()).toEqual(left.sort());
});
