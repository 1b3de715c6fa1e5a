import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { redacting, tiered } from '../kernel/retention/variedPolicies.ts';
import { aPerson, aVideo, DAY } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { emptied, type Stage } from './outcome.ts';

const { ObjectId } = mongoose.mongo;

let plans: Scene;
let fields: Scene;

beforeAll(async () => {
  [plans, fields] = await Promise.all([scene({ policy: tiered }), scene({ policy: redacting })]);
});
afterAll(() => Promise.all([plans.close(), fields.close()]));

type Story = (mortal: Life, odd: boolean) => Promise<object>;

/** A sweep by a mortal process, what people do before another comes, and the sweep that ends it all. */
async function swept(
  stage: Stage,
  rules: readonly string[],
  mortal: Life,
  meanwhile: () => Promise<unknown>,
): Promise<void> {
  const files = { media: mortal.mortal('media', stage.media, ['remove']) };
  try {
    const kept = await stage.restart({ data: { db: mortal.database(stage.db) }, files });
    for (const rule of rules) await kept.retention.sweep({ rule });
  } catch (error) {
    if (!mortal.dead) throw error;
  }
  await meanwhile();
  const next = await stage.restart();
  for (const rule of rules) await next.retention.sweep({ rule });
  await next.evidence.sequence();
  expect(await stage.db.collection('kept_units').countDocuments({ state: 'open' })).toBe(0);
  expect(await next.evidence.verify()).toMatchObject({ ok: true });
}

/** Old videos of a free and of a paid account; the free one may be paid for after the first process died. */
const byPlan: Story = async (mortal, upgrades) => {
  const stage = await emptied(plans);
  const { db, media, clock } = stage;
  const createdAt = new Date(clock.now().getTime() - 8 * DAY);
  const people = [];
  for (const plan of ['free', 'pro', 'free']) {
    const person = await aPerson(stage, `${plan}-${new ObjectId()}@example.org`, { videos: 0, logs: 0, payments: 0 });
    await db.collection('users').updateOne({ _id: person.id }, { $set: { plan } });
    people.push({ person, video: await aVideo(stage, person.id, { createdAt }) });
  }
  const [first, paid, last] = people as [(typeof people)[0], (typeof people)[0], (typeof people)[0]];
  let savedInTime = false;
  await swept(stage, ['generated-videos'], mortal, async () => {
    savedInTime = upgrades && (await db.collection('generations').countDocuments({ _id: first.video })) === 1;
    if (upgrades) await db.collection('users').updateOne({ _id: first.person.id }, { $set: { plan: 'pro' } });
  });
  const here = async (video: unknown): Promise<boolean[]> => [
    (await db.collection('generations').countDocuments({ _id: video as never })) === 1,
    await media.has(`generations/${video}.mp4`),
  ];
  expect(await here(first.video)).toEqual([savedInTime, savedInTime]);
  return { paid: await here(paid.video), free: await here(last.video) };
};

/** Logs whose details and videos whose inputs are over; one video more holds the same input as another. */
const byFields: Story = async (mortal, holds) => {
  const stage = await emptied(fields);
  const { db, media, clock } = stage;
  const ago = (days: number): Date => new Date(clock.now().getTime() - days * DAY);
  const mara = await aPerson(stage, 'mara@example.org', { videos: 0, logs: 0, payments: 0 });
  const ids = [
    await aVideo(stage, mara.id, { createdAt: ago(3) }),
    await aVideo(stage, mara.id, { createdAt: ago(3) }),
  ];
  const young = await aVideo(stage, mara.id, { createdAt: ago(1), input: `uploads/${ids[0]}.png` });
  const ben = await aPerson(stage, 'ben@example.org', { videos: 0, logs: 0, payments: 0 });
  const log = { at: ago(8), path: '/v1', status: 200, durationMs: 5 };
  const keys = await db.collection('apiKeys').distinct('_id', { userId: { $in: [mara.id, ben.id] } });
  await db.collection('apiLogs').insertMany(keys.map((keyId) => ({ ...log, keyId })));
  const whole = { status: 200, durationMs: 5 };
  let heldInTime = 0;
  await swept(stage, ['log-details', 'inputs'], mortal, async () => {
    if (!holds) return;
    const [key] = await db.collection('apiKeys').distinct('_id', { userId: ben.id });
    heldInTime = await db.collection('apiLogs').countDocuments({ keyId: key, ...whole });
    const keeper = await stage.restart();
    await keeper.holds.place({ kind: 'legal', subject: ben.key, ground: 'claim', by: 'ada' });
  });
  const told = await db.collection('kept_evidenceDetails').find({ 'details.collection': 'apiLogs' }).toArray();
  const files = [`uploads/${ids[0]}.png`, `uploads/${ids[1]}.png`, `generations/${ids[1]}.mp4`];
  expect(await db.collection('apiLogs').countDocuments(whole)).toBe(heldInTime);
  return {
    logs: await db.collection('apiLogs').countDocuments(),
    bare: (await db.collection('apiLogs').countDocuments({ status: { $exists: false } })) + heldInTime,
    // However often it was begun, the evidence tells of each record once.
    told: told.reduce((sum, { details }) => sum + details.done, 0) + heldInTime,
    withInputs: (await db.collection('generations').distinct('_id', { 'references.file': { $exists: true } })).map(
      (id) => (String(id) === String(young) ? 'young' : 'old'),
    ),
    files: await Promise.all(files.map((file) => media.has(file))),
  };
};

test(
  'a sweep by plan that is killed after any effect is ended by the next one, and whose owner upgraded meanwhile stays',
  async () => {
    const calm = await calmly('sweep by plan', (mortal, turn) => byPlan(mortal, turn % 2 === 1));
    expect(calm.outcome).toEqual({ paid: [true, true], free: [false, false] });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);

test(
  'a sweep that takes out fields and is killed after any effect is ended by the next one, and what is held meanwhile stays',
  async () => {
    const calm = await calmly('sweep of fields', (mortal, turn) => byFields(mortal, turn % 2 === 1));
    expect(calm.outcome).toEqual({
      ...{ logs: 2, bare: 2, told: 2, withInputs: ['young'] },
      files: [true, false, true],
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
