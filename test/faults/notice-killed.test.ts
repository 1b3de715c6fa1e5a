import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { becomesActive, LONGER, versionWith } from '../engine/newVersion.ts';
import { aPerson } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { emptied } from './outcome.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene({ policy: versionWith(1) });
});
afterAll(() => the.close());

const ADDRESSES = ['ann@example.org', 'ben@example.org', 'cy@example.org'];

/** A loosened version becomes due while a process dies that activates it, writes to people and sends; answers what they got. */
async function run(mortal: Life): Promise<object> {
  const stage = await emptied(the);
  const { db, clock, mailer } = stage;
  for (const address of ADDRESSES) await aPerson(stage, address, { videos: 0, logs: 0, payments: 0 });
  const calm = await stage.restart();
  const next = versionWith(2, LONGER);
  // All but the last step of `becomesActive`: the signatures are there, and the day is over.
  await becomesActive(
    { clock },
    { ...calm, policies: { ...calm.policies, advance: async () => ({ activated: 0, told: 0 }) } },
    next,
  );

  try {
    const kept = await stage.restart({
      data: { db: mortal.database(db) },
      mail: mortal.mortal('mail', mailer, ['send']),
    });
    await kept.policies.advance();
    await kept.outbox.deliver();
  } catch (error) {
    if (!mortal.dead) throw error;
  }

  // The dead worker's leases run out.
  clock.forward({ minutes: 10 });
  const [one, other] = [await stage.restart(), await stage.restart()];
  await Promise.all([one.policies.advance(), other.policies.advance()]);
  await one.outbox.deliver();
  await one.policies.advance();
  await one.evidence.sequence();

  const activated = (await one.evidence.entries()).filter(({ type }) => type === 'PolicyActivated').length;
  return {
    version: one.policy.version,
    activated,
    date: one.policy.notice.lastUpdated,
    material: (await one.policies.unaccepted('ann')).flatMap(({ changes }) => changes),
    letters: [...new Map(mailer.sent.map(({ messageId, to }) => [messageId, to])).values()].sort(),
    stored: await db.collection('kept_outbox').countDocuments(),
    leased: await db.collection('kept_policies').countDocuments({ lease: { $exists: true } }),
    proved: (await one.evidence.verify()).ok,
  };
}

test(
  'sdance-ai.notice.changes, seedance25.notice.changes: the difference is computed, the date moves, and each person is told once, whenever a process dies',
  async () => {
    const calm = await calmly('notice', run);
    expect(calm.outcome).toEqual({
      version: 2,
      activated: 2,
      date: '2026-03-04',
      material: ['Generations: kept at most 60 days instead of 30 days'],
      letters: ADDRESSES,
      stored: 3,
      leased: 0,
      proved: true,
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
