import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { FileStore, Kept } from '@kept/core';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { aVideo } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure } from './case.ts';
import { casework } from './casework.ts';

let the: Scene;
let kept: Kept;
/** Done once, when the first files of a run go. */
let meanwhile: (() => Promise<unknown>) | undefined;
const { somebody, has, receiptOf, lastTo, finish } = casework(() => the);

beforeAll(async () => {
  the = await scene();
  const remove: FileStore['remove'] = async (keys) => {
    const happens = meanwhile;
    meanwhile = undefined;
    await happens?.();
    return the.media.remove(keys);
  };
  kept = await the.restart({ files: { media: { ...the.media, remove } } });
});
beforeEach(() => {
  meanwhile = undefined;
});
afterAll(() => the.close());

const CLAIM = { kind: 'legal', ground: 'claim 4711', by: 'lin' } as const;
const work = async (): Promise<void> => {
  await kept.requests.advance();
  await finish();
};

test('a hold placed while an erasure runs is honoured from the next unit, and said so', async () => {
  const who = await somebody();
  const id = await approvedErasure(the, kept, who.address);
  meanwhile = () => kept.holds.place({ ...CLAIM, subject: who.key });
  await work();

  expect([await has('generations', who), await has('payments', who)]).toEqual([0, 2]);
  expect(await the.db.collection('users').countDocuments({ _id: who.id })).toBe(1);
  expect(await again(kept, id)).toMatchObject({
    status: 'partly-fulfilled',
    missing: ['A hold keeps a part of it until it is lifted: claim 4711'],
  });
  expect(lastTo(who.address)).toContain('claim 4711');

  const receipt = await receiptOf(id);
  expect(receiptFaults(receipt)).toEqual([]);
  expect(receipt.residue).toMatchObject({ looked: expect.arrayContaining(['users', 'generations']), notLooked: [] });
  expect(receipt.recipients).toEqual([]);
  const of = (name: string) => receipt.lines.filter(({ collection }) => collection === name);
  expect(of('generations')).toMatchObject([{ action: 'erase', found: 3, done: 3 }]);
  expect(of('users')).toMatchObject([
    { action: 'keep', done: 0, left: 1, ground: { text: 'claim 4711' }, ends: expect.stringContaining('hold') },
  ]);
});

test('a hold that ended before its turn came keeps nothing', async () => {
  const who = await somebody();
  const id = await approvedErasure(the, kept, who.address);
  meanwhile = async () => {
    const hold = await kept.holds.place({ ...CLAIM, subject: who.key });
    await kept.holds.lift(hold, 'lin');
  };
  await work();
  expect(await again(kept, id)).toMatchObject({ status: 'fulfilled' });
});

test('what is written while an erasure runs is found by the second look, erased and counted', async () => {
  const who = await somebody();
  const id = await approvedErasure(the, kept, who.address);
  meanwhile = () => aVideo(the, who.id, { createdAt: the.clock.now() });
  await work();
  expect([await has('generations', who), (await again(kept, id)).status]).toEqual([0, 'fulfilled']);
  const [line] = (await receiptOf(id)).lines.filter(({ collection }) => collection === 'generations');
  expect(line).toMatchObject({ found: 4, done: 4, left: 0, files: { found: 8, done: 8 } });
});

test('sessions and keys end before anything goes, once for a run, and also where a hold keeps their records', async () => {
  const [free, bound] = [await somebody(), await somebody()];
  const revoked: [string, number][] = [];
  const who = (key: string) => (key === free.key ? free : bound);
  const revoking = await the.restart({
    revoke: async (key) => {
      revoked.push([key, (await has('generations', who(key))) + (await has('sessions', who(key)))]);
    },
  });
  await kept.holds.place({ ...CLAIM, subject: bound.key, collection: 'sessions' });
  const ids = [await approvedErasure(the, revoking, free.address), await approvedErasure(the, revoking, bound.address)];
  await revoking.requests.advance();
  expect(revoked.sort()).toEqual(
    [
      [free.key, 4],
      [bound.key, 4],
    ].sort(),
  );
  expect([await has('sessions', free), await has('sessions', bound)]).toEqual([0, 1]);
  expect((await kept.findings.open()).filter(({ code }) => code === 'ACCESS_NOT_REVOKED')).toEqual([]);
  await kept.evidence.sequence();
  const types = (await kept.evidence.entries({ kind: 'requests', id: ids[0] ?? '' })).map(({ type }) => type);
  expect(types.slice(types.indexOf('ErasureStarted'))).toEqual(
    expect.arrayContaining(['AccessRevoked', 'RightsRequestFulfilled']),
  );
});

test('where the host cannot end them, sessions that a hold keeps are a finding', async () => {
  const who = await somebody();
  await kept.holds.place({ ...CLAIM, subject: who.key, collection: 'sessions' });
  const id = await approvedErasure(the, kept, who.address);
  await work();
  const [finding] = (await kept.findings.open()).filter(({ code }) => code === 'ACCESS_NOT_REVOKED');
  expect(finding).toMatchObject({ severity: 'error', place: id, text: expect.stringContaining('sessions') });
});

test('while the host fails to end them nothing goes, which staff are told; the run goes on once it can, and nothing is left to tell', async () => {
  const who = await somebody();
  const stuck = async () => (await kept.findings.open()).filter(({ code }) => code === 'REQUEST_STUCK');
  let down = true;
  const revoking = await the.restart({
    revoke: async () => {
      if (down) throw new Error('down');
    },
  });
  const id = await approvedErasure(the, kept, who.address);
  await revoking.requests.advance();
  expect([await has('generations', who), (await again(kept, id)).status]).toEqual([3, 'running']);
  expect(await stuck()).toMatchObject([{ place: id }]);
  down = false;
  the.clock.forward({ minutes: 2 });
  await revoking.requests.advance();
  expect([await has('generations', who), (await again(kept, id)).status]).toEqual([0, 'fulfilled']);
  expect(await stuck()).toEqual([]);
});
