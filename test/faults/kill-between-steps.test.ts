import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { type Scene, scene } from '../support/scene.ts';
import { cast, live } from './erasureStory.ts';
import { type Life, life } from './mortal.ts';
import { emptied, lieOf, type Outcome, outcomeOf, type Stage } from './outcome.ts';

/**
 * The erasure story, killed after its n-th effect and taken up by a new process on the same database and edges.
 * `KEPT_FAULTS=all` tries every n and prints the list, a number tries that one; otherwise an even spread of them.
 */
const ALL = process.env.KEPT_FAULTS === 'all';
const ONE = Number(process.env.KEPT_FAULTS ?? 0);
const SAMPLE = 16;

interface Ended {
  readonly outcome: Outcome;
  readonly calls: readonly string[];
  readonly lie: string | undefined;
  readonly stage: Stage;
  readonly receiptFaults: readonly string[];
  /** Letters that went out more than once under one Message-ID. */
  readonly repeated: readonly string[];
}

let the: Scene;
let calm: Ended;

beforeAll(async () => {
  the = await scene();
  calm = await run(life());
  if (ALL) process.stderr.write(`${calm.calls.map((call, at) => `${at + 1} ${call}`).join('\n')}\n`);
});
afterAll(() => the.close());

/** Lives the story until it dies, looks at what it left behind, and lets another process go on. */
async function run(mortal: Life): Promise<Ended> {
  const stage = await emptied(the);
  const people = await cast(stage, await stage.restart());

  try {
    await live(stage, await stage.restart(wrapped(mortal, stage)), people);
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
  const receipt = (await next.requests.receipt(id))?.document.document;
  return {
    outcome: await outcomeOf(stage, next, people),
    calls: mortal.calls,
    lie,
    stage,
    receiptFaults: receipt ? receiptFaults(receipt) : ['there is no receipt'],
    repeated: ids.filter((each, at) => ids.indexOf(each) !== at),
  };
}

function wrapped(mortal: Life, { db, media, keys, ledger, anchor, mailer }: Stage): object {
  return {
    data: { db: mortal.database(db) },
    files: { media: mortal.mortal('media', media, ['remove']) },
    keys: mortal.mortal('keys', keys, ['create', 'destroy']),
    ledger: mortal.mortal('ledger', ledger, ['append']),
    anchor: mortal.mortal('anchor', anchor, ['write']),
    mail: mortal.mortal('mailer', mailer, ['send']),
  };
}

describe('a process that is killed between any two steps', () => {
  test('the story itself ends well when nobody dies', () => {
    expect(calm.outcome).toMatchObject({
      host: { users: 1, generations: 1, apiKeys: 1, apiLogs: 1, sessions: 1, payments: 1, detached: 1, remixes: 1 },
      files: { hers: 0, bens: 2 },
      request: { status: 'fulfilled', answered: true, leased: false },
      tickets: ['rights'],
      open: { units: 0, pending: 0, findings: 0 },
      keys: { inquiry: false },
      ledger: 1,
      evidence: { ok: true },
    });
    expect(calm.repeated).toEqual([]);
    expect(calm.receiptFaults).toEqual([]);
  });

  test('goes on where it was: nothing half-erased is called done, and no letter comes under another Message-ID', async () => {
    for (const n of pointsOf(calm.calls.length)) {
      const ended = await run(life(n));
      const where = `killed after effect ${n} of ${calm.calls.length}: ${calm.calls[n - 1] ?? 'none'}`;
      const { outcome, lie, receiptFaults: faults, repeated } = ended;

      expect({ where, lie, faults, ...outcome }).toEqual({ where, lie: undefined, faults: [], ...calm.outcome });
      // The one that was in flight may come again, under the id that it had.
      const inFlight = calm.calls[n - 1] === 'mailer.send' ? 1 : 0;
      expect({ where, repeated: repeated.length }).toEqual({ where, repeated: inFlight });
    }
  }, 900_000);
});

function pointsOf(count: number): number[] {
  if (ALL) return Array.from({ length: count + 1 }, (_, n) => n);
  if (ONE > 0) return [ONE];
  return Array.from({ length: SAMPLE }, (_, n) => Math.round((n * count) / (SAMPLE - 1)));
}
