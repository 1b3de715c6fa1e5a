import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Kept, type KeptOptions, loadPack } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';

let the: Scene;
let kept: Kept;
let [ada, bea, cem]: string[] = [];

async function open(pack: string, change: Partial<KeptOptions> = {}): Promise<void> {
  the = await scene({ policy: await loadPack(pack), ...change });
  kept = the.kept;
}

async function hire(): Promise<void> {
  for (const name of ['kept_staff', 'kept_sessions', 'kept_findings', 'kept_assessments'])
    await the.db.collection(name).deleteMany({});
  const add = async (name: string, role: 'agent' | 'lead'): Promise<string> => {
    const email = `${name.toLowerCase()}@office.test`;
    return (await kept.staff.add({ email, name, role, password: 'a long enough one' }))._id;
  };
  [ada, bea, cem] = [await add('Ada', 'lead'), await add('Bea', 'lead'), await add('Cem', 'agent')];
}

const late = async (): Promise<string[]> => {
  await kept.reviews.check();
  return (await kept.findings.open()).map(({ code, place }) => `${code} ${place}`).sort();
};
const signIn = (name: string) =>
  kept.staff.signIn({ email: `${name}@office.test`, password: 'a long enough one', from: '192.0.2.1' });

describe.each([
  ['seedance25', 'seedance25.security.measures'],
  ['sdance-ai', 'sdance-ai.security.reviews'],
])('under the policy of %s', (pack, clause) => {
  beforeAll(() => open(pack));
  afterAll(() => the.close());
  beforeEach(hire);

  test(`${clause}: the report lists every account, its role, its last use and who reviewed it when; an overdue review is a finding`, async () => {
    await signIn('cem');
    const began = the.clock.now();
    the.clock.forward({ days: 30 });
    await kept.reviews.review(cem ?? '', ada ?? '', 'keep');
    const report = await kept.reviews.access();
    expect(report.every).toBe('P90D');
    expect(report.accounts.map(({ name }) => name)).toEqual(['Ada', 'Bea', 'Cem']);
    const reviewedAt = the.clock.now();
    expect(report.accounts[2]).toEqual({
      ...{ staff: cem, name: 'Cem', email: 'cem@office.test', role: 'agent', overdue: false },
      addedAt: began,
      lastSeenAt: began,
      reviewed: { at: reviewedAt, by: 'Ada' },
      dueAt: new Date(reviewedAt.getTime() + 90 * 86_400_000),
    });

    expect(await late()).toEqual([]);
    the.clock.forward({ days: 60 });
    expect(await late()).toEqual([`ACCESS_REVIEW_OVERDUE ${ada}`, `ACCESS_REVIEW_OVERDUE ${bea}`].sort());
    await kept.reviews.review(bea ?? '', ada ?? '', 'keep');
    await kept.reviews.review(ada ?? '', bea ?? '', 'keep');
    expect(await late()).toEqual([]);
    the.clock.forward({ days: 30 });
    expect(await late()).toEqual([`ACCESS_REVIEW_OVERDUE ${cem}`]);
  });

  test('an account from before anything was written down is overdue at once', async () => {
    const staff = the.db.collection<{ _id: string }>('kept_staff');
    await staff.updateOne({ _id: cem ?? '' }, { $unset: { addedAt: '' } });
    expect(await late()).toEqual([`ACCESS_REVIEW_OVERDUE ${cem}`]);
  });

  test('whose access ends is signed out and cannot sign in again, and nobody reviews them any more', async () => {
    const { token } = await signIn('cem');
    await kept.reviews.review(cem ?? '', bea ?? '', 'end');
    expect(await kept.staff.session(token)).toBeUndefined();
    await expect(signIn('cem')).rejects.toMatchObject({ code: 'SIGN_IN_REFUSED' });
    the.clock.forward({ days: 91 });
    expect(await late()).toEqual([`ACCESS_REVIEW_OVERDUE ${ada}`, `ACCESS_REVIEW_OVERDUE ${bea}`].sort());
    await kept.evidence.sequence();
    const types = (await kept.evidence.entries({ kind: 'staff', id: cem ?? '' })).map(({ type }) => type);
    expect(types).toContain('StaffAccessReviewed');
  });

  test.each([
    ['an agent', () => kept.reviews.review(ada ?? '', cem ?? '', 'keep'), 'APPROVAL_REFUSED'],
    ['a stranger', () => kept.reviews.review(ada ?? '', 'mallory', 'keep'), 'APPROVAL_REFUSED'],
    ['an operator', () => kept.reviews.review(ada ?? '', { $ne: '' } as never, 'keep'), 'APPROVAL_REFUSED'],
    [
      'whoever has the account, where there is another lead',
      () => kept.reviews.review(ada ?? '', ada ?? '', 'keep'),
      'REVIEW_REFUSED',
    ],
  ])('no account is reviewed by %s', async (_who, review, code) => {
    await expect(review()).rejects.toMatchObject({ code });
  });

  test('no account is reviewed that is not there, nor in a way that nobody knows', async () => {
    await expect(kept.reviews.review('nobody', ada ?? '', 'keep')).rejects.toMatchObject({
      code: 'STAFF_MEMBER_NOT_FOUND',
    });
    await expect(kept.reviews.review(cem ?? '', ada ?? '', 'promote' as never)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  test('the last lead reviews alone, and does not end alone', async () => {
    await kept.reviews.review(bea ?? '', ada ?? '', 'end');
    await expect(kept.reviews.review(ada ?? '', ada ?? '', 'end')).rejects.toMatchObject({ code: 'REVIEW_REFUSED' });
    await kept.reviews.review(ada ?? '', ada ?? '', 'keep');
  });
});

describe('assessments of vulnerabilities', () => {
  beforeAll(() => open('sdance-ai'));
  afterAll(() => the.close());
  beforeEach(hire);

  const keepAccess = async (): Promise<void> => {
    for (const [one, other] of [
      [ada, bea],
      [bea, ada],
      [cem, ada],
    ])
      await kept.reviews.review(one ?? '', other ?? '', 'keep');
  };

  test('sdance-ai.security.reviews: assessments are recorded with date, scope and next due, and an overdue one is a finding', async () => {
    the.clock.forward({ days: 365 });
    await keepAccess();
    expect(await late()).toEqual([]);
    the.clock.forward({ days: 1 });
    expect(await late()).toEqual(['ASSESSMENT_OVERDUE security.assessment']);
    const scope = 'Penetration test of app and API; two findings, both mended';
    expect(await kept.reviews.assess({ scope, by: cem ?? '', on: '2027-02-20' })).toMatchObject({
      ...{ on: '2027-02-20', scope, by: cem, nextDueOn: '2028-02-20' },
    });
    expect(await late()).toEqual([]);
    expect(await kept.reviews.assessments()).toMatchObject([{ on: '2027-02-20' }]);
  });

  test.each([
    ['a day to come', { on: '2999-01-01' }, 'INPUT_INVALID'],
    ['a day that is none', { on: '2026-02-30' }, 'INPUT_INVALID'],
    ['an operator for a day', { on: { $gt: '' } as never }, 'INPUT_INVALID'],
    ['no scope', { scope: '' }, 'INPUT_INVALID'],
    ['a scope without end', { scope: 'x'.repeat(2_001) }, 'INPUT_INVALID'],
    ['somebody who is no staff member', { by: 'mallory' }, 'APPROVAL_REFUSED'],
  ])('are refused with %s', async (_what, change, code) => {
    const assessed = { scope: 'Penetration test', by: cem ?? '', ...change };
    await expect(kept.reviews.assess(assessed)).rejects.toMatchObject({ code });
  });
});

test('where the policy promises neither, nothing is ever overdue', async () => {
  await open('stripe-paypal-studio');
  await hire();
  the.clock.forward({ days: 800 });
  expect(await late()).toEqual([]);
  expect((await kept.reviews.access()).every).toBeUndefined();
  await the.close();
});
