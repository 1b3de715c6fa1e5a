import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FileStore, type Kept, loadPack, type RemovedFile } from '@kept/core';
import { receiptFaults } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { type Scene, scene } from '../support/scene.ts';
import { again, approvedErasure } from './case.ts';
import { casework } from './casework.ts';

let the: Scene;
let kept: Kept;
/** What the store says of a file that it does not let go. */
let locked: { key: string; until?: Date } | undefined;
const { somebody, has, receiptOf, lettersTo, lastTo } = casework(() => the);

beforeAll(async () => {
  const policy = await loadPack('sdance-ai');
  const rights = policy.rights.map((rule) =>
    rule.right === 'erasure'
      ? { ...rule, delay: { period: 'P2D', from: 'operator' as const } }
      : { ...rule, executor: 'engine' as const },
  );
  the = await scene({ policy: { ...policy, rights } });
  const remove: FileStore['remove'] = async (keys) => {
    const lock = locked;
    const free = await the.media.remove(keys.filter((key) => key !== lock?.key));
    if (!lock || !keys.includes(lock.key)) return free;
    const stays: RemovedFile = { ...lock, state: 'locked' };
    return [...free, stays];
  };
  kept = await the.restart({ files: { media: { ...the.media, remove } } });
});
afterAll(() => the.close());

const round = async (): Promise<void> => {
  await kept.requests.advance();
  await kept.outbox.deliver();
};

test('an approved erasure waits as long as the policy says, and can be stopped until then', async () => {
  const [stopped, erased] = [await somebody({ videos: 1 }), await somebody({ videos: 1 })];
  const ids = [await approvedErasure(the, kept, stopped.address), await approvedErasure(the, kept, erased.address)];
  const later = new Date(the.clock.now().getTime() + 2 * 86_400_000);
  expect(await kept.requests.stoppableUntil(await again(kept, ids[0] ?? ''))).toEqual(later);
  the.clock.forward({ days: 1, hours: 23 });
  await round();
  expect([await has('generations', stopped), await has('generations', erased)]).toEqual([1, 1]);
  await kept.requests.withdraw(ids[0] ?? '', 'ada');

  the.clock.forward({ hours: 1 });
  await round();
  expect([await has('generations', stopped), await has('generations', erased)]).toEqual([1, 0]);
  expect(await again(kept, ids[0] ?? '')).toMatchObject({ status: 'withdrawn' });
  await expect(kept.requests.withdraw(ids[1] ?? '', 'ada')).rejects.toMatchObject({ code: 'REQUEST_CLOSED' });
});

test('an erasure that lacks a locked file says until when, and ends by itself once the file is gone', async () => {
  const who = await somebody({ videos: 2 });
  const until = new Date(the.clock.now().getTime() + 10 * 86_400_000);
  const key = `generations/${who.videos[0]}.mp4`;
  locked = { key, until };
  const id = await approvedErasure(the, kept, who.address);
  the.clock.forward({ days: 2 });
  await round();

  expect(await again(kept, id)).toMatchObject({
    status: 'partly-fulfilled',
    missing: ['media: 1 file locked by the store until 2026-03-15'],
  });
  expect(lastTo(who.address).replaceAll(/\s+/g, ' ')).toContain('1 file locked by the store until 2026-03-15');
  const first = await receiptOf(id);
  const generations = (receipt: typeof first) =>
    receipt.lines.find(({ collection }) => collection === 'generations')?.files;
  expect([generations(first), receiptFaults(first)]).toEqual([{ found: 4, done: 3 }, []]);

  await kept.retention.sweep();
  await round();
  expect([(await again(kept, id)).status, await the.media.has(key)]).toEqual(['partly-fulfilled', true]);

  locked = undefined;
  the.clock.forward({ days: 9 });
  await kept.retention.sweep();
  await round();
  expect([(await again(kept, id)).status, await the.media.has(key)]).toEqual(['fulfilled', false]);
  expect(lettersTo(who.address).slice(-2)).toEqual(['Your request could be met in part', 'Your data has been erased']);
  const second = await receiptOf(id);
  expect([generations(second), receiptFaults(second)]).toEqual([{ found: 4, done: 4 }, []]);
  expect((await kept.requests.receipt(id, 1))?.document.document).toEqual(first);
  await round();
  expect(lettersTo(who.address).filter((each) => each === 'Your data has been erased')).toHaveLength(1);
});

test('copies that were made for the person go with the rest', async () => {
  const who = await somebody({ videos: 1 });
  const asked = { right: 'access', channel: 'app', subject: who.key, address: who.address, text: 'a copy' } as const;
  const { _id } = await kept.requests.open(asked);
  await round();
  expect(await again(kept, _id)).toMatchObject({ status: 'fulfilled' });
  const packages = () => the.db.collection('kept_packages').countDocuments({ subject: who.key });
  expect(await packages()).toBe(1);

  const id = await approvedErasure(the, kept, who.address);
  the.clock.forward({ days: 20 });
  await round();
  expect([(await again(kept, id)).status, await packages()]).toEqual(['fulfilled', 0]);
  const line = (await receiptOf(id)).lines.find(({ collection }) => collection === 'kept.packages');
  expect(line).toMatchObject({ action: 'erase', found: 1, done: 1 });
});
