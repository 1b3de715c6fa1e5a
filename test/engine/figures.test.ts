import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type FigureQuestion, type FigureTable, loadPack, type Policy } from '@kept/core';
import mongoose from 'mongoose';
import { type Scene, scene } from '../support/scene.ts';

const { ObjectId } = mongoose.mongo;

let the: Scene;

beforeAll(async () => {
  the = await scene({ policy: await loadPack('seedance25') });
});
afterAll(() => the.close());
beforeEach(async () => {
  for (const name of ['users', 'interactions', 'kept_findings']) await the.db.collection(name).deleteMany({});
});

const features = { collection: 'interactions', by: 'feature', purpose: 'analytics.usage' } as const;
const count = (change: Partial<FigureQuestion> = {}): Promise<FigureTable> =>
  the.kept.figures.count({ ...features, ...change });

/** So many people who each used the feature once, or more often. */
async function people(number: number, feature: string, more: { country?: string; at?: Date; times?: number } = {}) {
  const { country = 'DE', at = the.clock.now(), times = 1 } = more;
  const ids = Array.from({ length: number }, () => new ObjectId());
  if (number === 0) return [];
  await the.db.collection('users').insertMany(ids.map((_id) => ({ _id, email: `${_id}@example.org`, country })));
  const events = ids.flatMap((userId) => Array.from({ length: times }, () => ({ userId, feature, at })));
  await the.db.collection('interactions').insertMany(events);
  return ids.map(String);
}

describe('groups and nobody in them', () => {
  test('seedance25.purpose.aggregate-analytics: a read at the level of a person is denied, and a group below the minimum is suppressed', async () => {
    const [ann = ''] = await people(1, 'upscale');
    const person = { subject: ann, purpose: 'analytics.usage', category: 'usage.interaction' } as const;
    expect(await the.kept.decide(person)).toMatchObject({
      outcome: 'forbidden',
      because: [{ rule: 'purposes.analytics.usage', clause: 'seedance25.purpose.aggregate-analytics' }],
    });
    await people(40, 'text to video');
    await people(25, 'image to video');
    await people(9, 'lip sync');
    await people(5, 'upscale');
    expect(await count()).toEqual({
      shown: [{ value: 'text to video', people: 40 }],
      suppressed: 3,
      total: 80,
      minimumGroup: 10,
      roundedTo: 5,
    });
  });

  test('people count once, however often they did it', async () => {
    await people(12, 'text to video', { times: 5 });
    expect(await count()).toMatchObject({ shown: [{ value: 'text to video', people: 10 }], total: 10 });
  });

  test('a span counts the records in it', async () => {
    const now = the.clock.now();
    const before = new Date(now.getTime() - 86_400_000);
    await people(12, 'text to video', { at: before });
    await people(15, 'image to video', { at: now });
    expect((await count({ from: now })).shown).toEqual([{ value: 'image to video', people: 15 }]);
    expect((await count({ to: now })).shown).toEqual([{ value: 'text to video', people: 10 }]);
  });
});

describe('who is not counted', () => {
  test('who objects, or is restricted, is in no group and in no total', async () => {
    const all = await people(15, 'text to video');
    for (const subject of all.slice(0, 4)) await the.kept.objections.object(subject, 'analytics.usage', 'test');
    expect(await count()).toMatchObject({ shown: [{ people: 10 }], total: 10 });
    const restricted = all.slice(4, 6);
    for (const subject of restricted)
      await the.kept.holds.place({ kind: 'restriction', subject, ground: 'accuracy', by: 'staff-1' });
    // Nine are left.
    expect(await count()).toEqual({ shown: [], minimumGroup: 10, roundedTo: 5 });
  });

  test('whose facts leave it open is not counted either, and a finding says so', async () => {
    const policy = structuredClone(await loadPack('seedance25')) as { -readonly [K in keyof Policy]: Policy[K] };
    // Twelve is enough in one country only, and of some nobody knows where they live.
    policy.children = { minimumAge: 18, byCountry: { DE: 12 }, clause: 'seedance25.children.under-18' };
    const [users, ...others] = policy.inventory.collections;
    const birthYear = { path: 'birthYear', category: 'account.age', export: 'always' } as const;
    const collections = [{ ...users, fields: [...(users?.fields ?? []), birthYear] } as typeof users, ...others];
    policy.inventory = { ...policy.inventory, collections: collections.filter((one) => one !== undefined) };
    await people(12, 'text to video');
    await people(6, 'text to video', { country: '' });
    await the.db.collection('users').updateMany({}, { $set: { birthYear: 2011 } });
    const other = await the.restart({ policy: { ...policy, pack: 'seedance25-ages' } });
    expect(await other.figures.count(features)).toMatchObject({ total: 10 });
    const [finding] = await other.findings.open();
    expect(finding).toMatchObject({ code: 'FIGURES_UNDETERMINED', place: 'interactions' });
  });
});

describe('what is refused', () => {
  test.each([
    ['a collection that is not in the inventory', { collection: 'kept_staff' }, 'FIGURES_INVALID'],
    ['a field that is not in the inventory', { by: 'userId' }, 'FIGURES_INVALID'],
    ['an operator for a field', { by: { $ne: '' } as never }, 'FIGURES_INVALID'],
    ['a purpose that nobody knows', { purpose: 'curiosity' }, 'FIGURES_INVALID'],
    ['a purpose that looks at persons', { purpose: 'safety.abuse' }, 'FIGURES_REFUSED'],
    ['a purpose that does not reach the field', { purpose: 'analytics.acquisition' }, 'FIGURES_REFUSED'],
    ['a day in words', { from: '2026-01-01' as never }, 'FIGURES_INVALID'],
    ['no instant', { to: new Date(Number.NaN) }, 'FIGURES_INVALID'],
  ])('%s', async (_what, change, code) => {
    await expect(count(change)).rejects.toMatchObject({ code });
  });

  test('what everybody says differently is no group', async () => {
    const ids = await people(1, 'x'.repeat(300));
    expect(ids).toHaveLength(1);
    await expect(count()).rejects.toMatchObject({ code: 'FIGURES_REFUSED' });
  });
});
