import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { byStaff } from '../support/byStaff.ts';
import type { Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import { confirmed, mail } from './case.ts';
import { sumOf, sweeping } from './sweeping.ts';

let the: Scene;
let kept: Kept;
let mara: Person;
const { alone, ago, video, stays, log } = sweeping(() => the);

beforeAll(async () => {
  the = await scene({ policy: await byStaff('access') });
  kept = the.kept;
});
beforeEach(async () => {
  mara = await alone();
});
afterAll(() => the.close());

describe('what stands against the end', () => {
  test('a record under a legal hold is not erased, even when its term has ended, and that is said', async () => {
    const id = await video(31);
    const hold = await kept.holds.place({ kind: 'legal', subject: mara.key, ground: 'claim 4711', by: 'lin' });
    const reports = await kept.retention.sweep();
    expect(sumOf(reports, 'held', 'generations')).toBe(1);
    expect(await stays(id)).toBe(true);
    const finding = (await kept.findings.open()).find((each) => each.code === 'CEILING_FROZEN');
    expect(finding?.text).not.toContain(mara.key);
    await kept.holds.lift(hold, 'lin');
    await kept.retention.sweep();
    expect(await stays(id)).toBe(false);
  });

  test('a hold on one collection keeps that one, and what leads to it, and nothing else of a closed account', async () => {
    const key = (await the.db.collection('apiKeys').findOne({ userId: mara.id }))?._id;
    await log(key, ago(1));
    await video(1);
    await the.db.collection('users').updateOne({ _id: mara.id }, { $set: { closedAt: ago(31) } });
    await kept.holds.place({ kind: 'legal', subject: mara.key, collection: 'apiLogs', ground: 'claim', by: 'lin' });
    await kept.retention.sweep();
    const counts = async (name: string): Promise<number> => the.db.collection(name).countDocuments();
    expect([
      await counts('apiLogs'),
      await counts('apiKeys'),
      await counts('generations'),
      await counts('users'),
    ]).toEqual([1, 1, 0, 0]);
  });

  test('an open access request freezes what it would show; once it is answered, the sweep goes on', async () => {
    const id = await video(29.9);
    await mail(kept, 'mara@example.org', 'Please send me a copy of all my personal data.');
    const { _id, status } = await confirmed(the, kept, 'mara@example.org');
    expect(status).toBe('verified');
    the.clock.forward({ days: 1 });
    const reports = await kept.retention.sweep();
    expect([await stays(id), sumOf(reports, 'held', 'generations')]).toEqual([true, 1]);
    await kept.requests.answer(_id, 'ada', 'Here is your copy.');
    await kept.retention.sweep();
    expect(await stays(id)).toBe(false);
  });

  test('an access request that nobody confirmed freezes nothing, or a stranger could', async () => {
    const id = await video(31);
    await mail(kept, 'mara@example.org', 'Please send me a copy of all personal data.');
    await kept.requests.advance();
    await kept.retention.sweep();
    expect(await stays(id)).toBe(false);
  });

  test.each([
    [{ kind: 'access-open' }, 'HOLD_INVALID'],
    [{ subject: { $ne: '' } }, 'SUBJECT_INVALID'],
    [{ subject: null }, 'SUBJECT_INVALID'],
    [{ collection: { $ne: '' } }, 'INPUT_INVALID'],
    [{ ground: ' ' }, 'INPUT_INVALID'],
    [{ by: undefined }, 'INPUT_INVALID'],
  ])('what is no hold is none: %j', async (wrong, code) => {
    const placed = kept.holds.place({
      kind: 'legal',
      subject: mara.key,
      ground: 'claim',
      by: 'lin',
      ...(wrong as object),
    });
    await expect(placed).rejects.toMatchObject({ code });
  });

  test('a hold ends when it is lifted by its id, and not by what was handed over with it', async () => {
    const id = await video(31);
    const ends = { until: new Date(0), from: new Date(0), _id: 'mine', service: 'other' };
    const hold = await kept.holds.place({ kind: 'legal', subject: mara.key, ground: 'claim', by: 'lin', ...ends });
    await expect(kept.holds.lift({ $ne: '' } as never, 'lin')).rejects.toMatchObject({ code: 'HOLD_NOT_FOUND' });
    await kept.retention.sweep();
    expect([await stays(id), hold === 'mine']).toEqual([true, false]);
  });
});
