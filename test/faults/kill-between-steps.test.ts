import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { erasureReceiptOf } from '../support/erasureReceiptOf.ts';
import { type Scene, scene } from '../support/scene.ts';
import { cast, live } from './erasureStory.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { mortalEdges } from './mortalEdges.ts';
import { emptied, lieOf, type Outcome, outcomeOf } from './outcome.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

interface Ended extends Outcome {
  readonly lie: string | undefined;
  readonly receiptFaults: readonly string[];
  /** Letters that went out more than once under one Message-ID, without the one that was in flight when the process died. */
  readonly repeated: number;
}

/** Lives the story until it dies, looks at what it left behind, and lets another process go on. */
async function run(mortal: Life): Promise<Ended> {
  const stage = await emptied(the);
  const people = await cast(stage, await stage.restart());

  try {
    await live(stage, await stage.restart(mortalEdges(mortal, stage)), people);
  } catch (error) {
    if (!mortal.dead) throw error;
  }
  const lie = await lieOf(stage, people);

  // Leases of the dead run out, and what waits for another attempt is due.
  stage.clock.forward({ minutes: 6 });
  const next = await stage.restart();
  await live(stage, next, people);

  const ids = stage.mailer.sent.map((letter) => letter.messageId);
  const id = (await next.requests.list()).items[0]?._id ?? '';
  const receipt = await erasureReceiptOf(next, id);
  // The letter that was in flight may come again, under the id that it had.
  const inFlight = mortal.dead && mortal.calls.at(-1) === 'mailer.send' ? 1 : 0;
  return {
    ...(await outcomeOf(stage, next, people)),
    lie,
    receiptFaults: receipt ? receiptFaults(receipt) : ['there is no receipt'],
    repeated: ids.filter((each, at) => ids.indexOf(each) !== at).length - inFlight,
  };
}

test(
  'a process that is killed between any two steps of an erasure leaves nothing half-erased called done; the next goes on, and no letter comes under another Message-ID',
  async () => {
    const calm = await calmly('erasure', run, 10);
    expect(calm.outcome).toMatchObject({
      host: { users: 1, generations: 1, apiKeys: 1, apiLogs: 1, sessions: 1, payments: 1, detached: 1, remixes: 1 },
      files: { hers: 0, bens: 2 },
      request: { status: 'fulfilled', answered: true, leased: false },
      tickets: ['rights'],
      open: { units: 0, pending: 0, findings: 0 },
      keys: { inquiry: false },
      ledger: 1,
      evidence: { ok: true },
      repeated: 0,
      receiptFaults: [],
      lie: undefined,
    });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
