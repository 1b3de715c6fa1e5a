import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileStore } from '@kept/core';
import { again, approvedErasure } from '../engine/case.ts';
import { casework } from '../engine/casework.ts';
import type { Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { calmly, PATIENCE_MS } from './killedEverywhere.ts';
import type { Life } from './mortal.ts';
import { emptied } from './outcome.ts';

let house: Scene;
let the: Scene;
/** A file that the store does not let go. */
let locked: string | undefined;
const { somebody, has, lettersTo, finish, receiptOf } = casework(() => the);

const remove: FileStore['remove'] = async (keys) => [
  ...(await the.media.remove(keys.filter((key) => key !== locked))),
  ...keys.filter((key) => key === locked).map((key) => ({ key, state: 'locked' as const })),
];

beforeAll(async () => {
  house = await scene();
});
afterAll(() => house.close());

/** Sessions end, a hold comes in the middle, a file is locked: one process dies on the way, others take it to its end. */
async function run(mortal: Life): Promise<object> {
  const stage = await emptied(house);
  the = { ...stage, kept: await stage.restart() };
  const who = await somebody({ videos: 2 });
  const { kept, keys, ledger } = the;
  const file = `generations/${who.videos[0]}.mp4`;
  locked = file;
  let placed: Promise<string> | undefined;
  const revoked = new Set<string>();
  const edges = {
    files: {
      media: {
        ...the.media,
        async remove(these: readonly string[]) {
          placed ??= kept.holds.place({
            kind: 'legal',
            ground: 'claim',
            by: 'lin',
            subject: who.key,
            collection: 'payments',
          });
          await placed;
          return remove(these);
        },
      },
    },
    revoke: async (key: string) => {
      revoked.add(key);
    },
  };
  const id = await approvedErasure(the, kept, who.address);

  try {
    const host = mortal.mortal('host', { revoke: edges.revoke } as never, ['revoke']) as unknown as typeof edges;
    const doomed = await the.restart({
      data: { db: mortal.database(the.db) },
      files: { media: mortal.mortal('media', edges.files.media, ['remove']) },
      keys: mortal.mortal('keys', keys, ['create', 'destroy']),
      ledger: mortal.mortal('ledger', ledger, ['append']),
      revoke: (key) => host.revoke(key),
    });
    await stages(doomed);
  } catch (error) {
    if (!mortal.dead) throw error;
  }
  the.clock.forward({ minutes: 6 });
  await stages(await the.restart(edges));
  await finish();
  return { ...(await outcome(who, id)), revoked: revoked.size, file: await the.media.has(file) };

  async function stages(engine: typeof kept): Promise<void> {
    locked =
      (await again(kept, id)).status === 'approved' || (await again(kept, id)).status === 'running' ? file : undefined;
    await engine.requests.advance();
    locked = undefined;
    await engine.retention.sweep({ rule: 'rights-records' });
    await engine.requests.advance();
  }
}

async function outcome(who: Person, id: string): Promise<object> {
  const { kept } = the;
  const request = await again(kept, id);
  return {
    status: request.status,
    missing: 'missing' in request ? request.missing : [],
    left: [await has('generations', who), await has('sessions', who), await has('payments', who)],
    letters: lettersTo(who.address).slice(2),
    lines: (await receiptOf(id)).lines.map(
      ({ collection, action, found, done, files }) =>
        `${collection} ${action} ${done}/${found} ${files.done}/${files.found}`,
    ),
    evidence: (await kept.evidence.verify()).ok,
  };
}

test(
  'a process killed anywhere in an erasure that a hold and a lock hold up leaves the same end',
  async () => {
    const calm = await calmly('held-up erasure', run);
    expect(calm.outcome).toMatchObject({ status: 'partly-fulfilled', left: [0, 0, 2], revoked: 1, file: false });
    await calm.killedEverywhere();
  },
  PATIENCE_MS,
);
