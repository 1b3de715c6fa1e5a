import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { leadOf } from '../engine/case.ts';
import { aPerson } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { emptied } from './outcome.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

const records = ['v1', 'v2'];

/** What a worker does in one round: begins to lift the restriction, tells the person, ends it, and builds a set. */
async function round(kept: Kept, subject: string, hold: string): Promise<void> {
  await kept.restrictions.lift(hold, await leadOf(kept));
  await kept.outbox.deliver();
  await kept.restrictions.advance();
  const items = records.map((record) => ({ subject, record, categories: ['generation.output'] }));
  for await (const _ of kept.uses.build({ purpose: 'training', set: 'run', items }));
  await kept.unsubscribe.object((await kept.unsubscribe.linkFor(subject, 'communication.announcement')).slice(-TOKEN));
}

/** The whole token: the links of one house have one length. */
let TOKEN = 0;

async function run(mortal: Life): Promise<object> {
  const stage = await emptied(the);
  const { db, clock, mailer } = stage;
  const { key } = await aPerson(stage, 'ann@example.org', { videos: 0, logs: 0, payments: 0 });
  const calm = await stage.restart();
  await leadOf(calm);
  TOKEN = (await calm.unsubscribe.linkFor(key, 'communication.announcement')).split('/').at(-1)?.length ?? 0;
  await calm.consents.give(key, 'training', 'settings');
  const { _id } = await calm.restrictions.restrict(key, 'accuracy-contested', 'staff-1');

  try {
    const kept = await stage.restart({
      data: { db: mortal.database(db) },
      mail: mortal.mortal('mail', mailer, ['send']),
    });
    await round(kept, key, _id);
  } catch (error) {
    if (!mortal.dead) throw error;
  }

  // The dead worker's leases run out.
  clock.forward({ minutes: 10 });
  const one = await stage.restart();
  await round(one, key, _id);
  await one.evidence.sequence();

  const types = (await one.evidence.entries()).map(({ type }) => type);
  const many = (type: string): number => types.filter((each) => each === type).length;
  return {
    lifted: many('HoldLifted'),
    signed: many('ReceiptIssued'),
    letters: new Set(mailer.sent.map(({ messageId }) => messageId)).size,
    stored: await db.collection('kept_outbox').countDocuments(),
    uses: (await one.uses.of(key)).items.map(({ record }) => record).sort(),
    isBuilt: many('SetBuilt') > 0,
    objections: many('ObjectionMade'),
    outcome: (await one.decide({ subject: key, purpose: 'training', category: 'generation.output' })).outcome,
    proved: (await one.evidence.verify()).ok,
  };
}

test(
  'a restriction ends once and by one letter, a set holds each record once, an objection is made once, whenever a process dies',
  async () => {
    const calm = await calmly('lasting choices', run);
    expect(calm.outcome).toEqual({
      lifted: 1,
      signed: 1,
      letters: 1,
      stored: 0,
      uses: records,
      isBuilt: true,
      objections: 1,
      outcome: 'permitted',
      proved: true,
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
