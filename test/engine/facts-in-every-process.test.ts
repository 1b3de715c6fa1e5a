import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept, Question } from '@kept/core';
import type mongoose from 'mongoose';
import { Killed, life } from '../faults/mortal.ts';
import { type Scene, scene } from '../support/scene.ts';

const training: Question = { purpose: 'training', category: 'generation.output' };

let the: Scene;
let here: Kept;
let there: Kept;

beforeEach(async () => {
  the = await scene();
  here = the.kept;
  there = await the.restart();
});
afterEach(() => the.close());

const asked = async (kept: Kept, subject = 'ann'): Promise<string> =>
  (await kept.decide({ ...training, subject })).outcome;

/** Asked until the process keeps what it has read. */
async function askedOften(kept: Kept): Promise<string> {
  for (let n = 0; n < 2; n += 1) await asked(kept);
  return asked(kept);
}

/** Counts what a process reads of Kept's own histories. */
function counting(db: mongoose.mongo.Db): { db: mongoose.mongo.Db; reads: string[] } {
  const reads: string[] = [];
  const counted = new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== 'collection') return typeof value === 'function' ? value.bind(target) : value;
      return (collection: string, ...rest: []) => {
        const real = target.collection(collection, ...rest);
        return new Proxy(real, {
          get(one, call) {
            const method = Reflect.get(one, call);
            if (typeof method !== 'function') return method;
            if (call === 'find' || call === 'findOne') reads.push(collection);
            return method.bind(one);
          },
        });
      };
    },
  });
  return { db: counted, reads };
}

describe('what one process has read of a person', () => {
  test('is read again after a withdrawal in another process, and at once', async () => {
    await here.consents.give('ann', 'training', 'settings');
    expect([await askedOften(here), await askedOften(there)]).toEqual(['permitted', 'permitted']);
    await there.consents.withdraw('ann', 'training', 'settings');
    expect([await asked(here), await asked(there)]).toEqual(['forbidden', 'forbidden']);
  });

  test.each([
    ['an objection', (kept: Kept) => kept.objections.object('ann', 'training', 'mail')],
    ['a restriction', (kept: Kept) => kept.holds.place({ kind: 'restriction', subject: 'ann', ground: 'g', by: 's' })],
    ['a restriction of everybody', (kept: Kept) => kept.holds.place({ kind: 'restriction', ground: 'g', by: 's' })],
  ])('is read again after %s in another process', async (_, change) => {
    await here.consents.give('ann', 'training', 'settings');
    expect(await askedOften(here)).toBe('permitted');
    await change(there);
    expect(await asked(here)).toBe('forbidden');
  });

  test('is read again after a restriction was lifted elsewhere', async () => {
    await here.consents.give('ann', 'training', 'settings');
    const hold = await there.holds.place({ kind: 'restriction', subject: 'ann', ground: 'g', by: 's' });
    expect(await askedOften(here)).toBe('forbidden');
    await there.holds.lift(hold, 's');
    expect(await asked(here)).toBe('permitted');
  });

  test('is otherwise read twice: later questions ask only whether it has changed', async () => {
    const { db, reads } = counting(the.db);
    const kept = await the.restart({ data: { db } });
    await here.consents.give('ann', 'training', 'settings');
    const histories = (): string[] => reads.splice(0).filter((name) => /^kept_(consents|objections|holds)$/.test(name));
    await asked(kept);
    expect(new Set(histories())).toEqual(new Set(['kept_consents', 'kept_objections', 'kept_holds']));
    await asked(kept);
    histories();
    await asked(kept);
    expect(histories()).toEqual([]);
    await here.consents.give('bo', 'training', 'settings');
    await asked(kept);
    expect(histories()).toEqual([]);
  });

  test('is not gone by while a change is under way, nor after a process died in the middle of one', async () => {
    await here.consents.give('ann', 'training', 'settings');
    expect(await askedOften(there)).toBe('permitted');
    for (let diesAfter = 1; ; diesAfter += 1) {
      const calm = life();
      await the.restart({ data: { db: calm.database(the.db) } });
      const mortal = life(calm.calls.length + diesAfter);
      const doomed = await the.restart({ data: { db: mortal.database(the.db) } });
      await doomed.consents.withdraw('ann', 'training', 'settings').catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      const written = (await here.consents.history('ann')).at(-1)?.what === 'withdrawn';
      expect(await asked(there)).toBe(written ? 'forbidden' : 'permitted');
      the.clock.forward({ minutes: 6 });
      expect(await asked(there)).toBe(written ? 'forbidden' : 'permitted');
      if (!mortal.dead) break;
      await here.consents.give('ann', 'training', 'settings');
      expect(await askedOften(there)).toBe('permitted');
    }
  });
});

describe('facts that cannot be loaded', () => {
  const broken = (name: string): mongoose.mongo.Db =>
    new Proxy(the.db, {
      get(target, property) {
        const value = Reflect.get(target, property);
        if (property !== 'collection') return typeof value === 'function' ? value.bind(target) : value;
        return (collection: string, ...rest: []) => {
          if (collection === name && isBroken) throw new Error('the disk is gone');
          return target.collection(collection, ...rest);
        };
      },
    });
  let isBroken = false;

  test.each(['kept_stamps', 'kept_consents', 'kept_holds', 'kept_policies', 'users'])(
    'leave it undetermined while %s is out of reach, and say so in a finding',
    async (name) => {
      isBroken = false;
      const kept = await the.restart({ data: { db: broken(name) } });
      await kept.consents.give('ann', 'training', 'settings');
      isBroken = true;
      const decision = await kept.decide({ ...training, subject: 'ann' });
      expect(decision).toMatchObject({ outcome: 'undetermined', missing: ['facts'] });
      expect((await here.findings.open()).map(({ code }) => code)).toContain('FACTS_NOT_LOADED');
      isBroken = false;
      expect(await asked(kept)).toBe('permitted');
    },
  );

  test('are no excuse for a wrong question, nor is somebody who is no text', async () => {
    for (const subject of [{ $ne: null }, '', ['ann'], undefined])
      await expect(here.decide({ ...training, subject: subject as string })).rejects.toMatchObject({
        code: 'SUBJECT_INVALID',
      });
    await expect(here.consents.give({ $gt: '' } as never, 'training', 's')).rejects.toMatchObject({
      code: 'SUBJECT_INVALID',
    });
  });
});
