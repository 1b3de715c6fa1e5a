import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';
import { PASSWORD, twoStaff } from './case.ts';

let the: Scene;
let kept: Kept;

beforeAll(async () => {
  the = await scene();
  kept = the.kept;
  await twoStaff(kept);
});
afterAll(() => the.close());

const signIn = (email: string, password: string, from = email): ReturnType<Kept['staff']['signIn']> =>
  kept.staff.signIn({ email, password, from });
const refusal = async (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'signed in',
    (error: { code: string; message: string; remedy: string }) => ({
      ...error,
      code: error.code,
      message: error.message,
    }),
  );

describe('signing in', () => {
  test('an unknown name and a wrong password are refused in the same words', async () => {
    const [unknown, wrong] = [
      await refusal(signIn('nobody@kept.test', PASSWORD)),
      await refusal(signIn('ada@kept.test', 'a wrong password')),
    ];
    expect(unknown).toEqual(wrong);
    expect(unknown).toMatchObject({ code: 'SIGN_IN_REFUSED' });
  });

  test('an unknown name takes about as long as a wrong password', async () => {
    const timed = async (email: string): Promise<number> => {
      const times: number[] = [];
      for (let n = 0; n < 3; n += 1) {
        const start = performance.now();
        await refusal(signIn(email, 'a wrong password', `${email}${n}`));
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[1] ?? 0;
    };
    const [known, unknown] = [await timed('lin@kept.test'), await timed('stranger@kept.test')];
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(4);
  });

  test('after five failures a name is slowed for a quarter of an hour, even with the right password', async () => {
    for (let n = 0; n < 5; n += 1) {
      expect(await refusal(signIn('slow@kept.test', 'wrong', `place${n}`))).toMatchObject({ code: 'SIGN_IN_REFUSED' });
    }
    expect(await refusal(signIn('slow@kept.test', PASSWORD, 'elsewhere'))).toMatchObject({ code: 'SIGN_IN_SLOWED' });
    the.clock.forward({ minutes: 15, seconds: 1 });
    expect(await refusal(signIn('slow@kept.test', 'wrong', 'elsewhere'))).toMatchObject({ code: 'SIGN_IN_REFUSED' });
  });

  test('a place that tries many names is slowed too', async () => {
    for (let n = 0; n < 50; n += 1) {
      expect(await refusal(signIn(`guess${n}@kept.test`, 'wrong', '192.0.2.9'))).toMatchObject({
        code: 'SIGN_IN_REFUSED',
      });
    }
    expect(await refusal(signIn('ada@kept.test', PASSWORD, '192.0.2.9'))).toMatchObject({ code: 'SIGN_IN_SLOWED' });
    expect(await refusal(signIn('ada@kept.test', PASSWORD, '192.0.2.10'))).toBe('signed in');
  });

  test('a name that is slowed does not lock out the others from the same place', async () => {
    for (let n = 0; n < 9; n += 1) await refusal(signIn('clumsy@kept.test', 'wrong', '192.0.2.20'));
    expect(await refusal(signIn('ada@kept.test', PASSWORD, '192.0.2.20'))).toBe('signed in');
  });

  test('many tries at once do not slip past the count', async () => {
    const ends = await Promise.all(
      Array.from({ length: 12 }, (_, n) => refusal(signIn('rush@kept.test', 'wrong', `rush${n}`))),
    );
    const looked = ends.filter((end) => (end as { code?: string }).code === 'SIGN_IN_REFUSED');
    expect(looked.length).toBeLessThanOrEqual(5);
  });

  test('a session ends after twelve hours, with its owner, or when signed out', async () => {
    the.clock.forward({ minutes: 16 });
    const { token } = await signIn(' ADA@kept.test ', PASSWORD);
    expect((await kept.staff.session(token))?.staff.name).toBe('Ada');
    expect(await kept.staff.session(`${token}x`)).toBeUndefined();
    the.clock.forward({ hours: 12 });
    expect(await kept.staff.session(token)).toBeUndefined();

    const second = await signIn('ada@kept.test', PASSWORD);
    await kept.staff.signOut(second.token);
    expect(await kept.staff.session(second.token)).toBeUndefined();

    const third = await signIn('ada@kept.test', PASSWORD);
    await the.db
      .collection('kept_staff')
      .updateOne({ email: 'ada@kept.test' }, { $set: { disabledAt: the.clock.now() } });
    expect(await kept.staff.session(third.token)).toBeUndefined();
    expect(await refusal(signIn('ada@kept.test', PASSWORD))).toMatchObject({ code: 'SIGN_IN_REFUSED' });
  });

  test('what is stored opens nothing: no token and no password stands in the database', async () => {
    const { token } = await signIn('lin@kept.test', PASSWORD);
    const stored = JSON.stringify([
      await the.db.collection('kept_sessions').find().toArray(),
      await the.db.collection('kept_staff').find().toArray(),
    ]);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(PASSWORD);
  });

  test('a short password is refused, and an address is taken once', async () => {
    const member = { email: 'new@kept.test', name: 'New', role: 'agent' } as const;
    await expect(kept.staff.add({ ...member, password: 'short' })).rejects.toMatchObject({ code: 'PASSWORD_INVALID' });
    await kept.staff.add({ ...member, password: PASSWORD });
    await expect(kept.staff.add({ ...member, email: 'NEW@kept.test', password: PASSWORD })).rejects.toMatchObject({
      code: 'STAFF_MEMBER_CONFLICT',
    });
  });
});
