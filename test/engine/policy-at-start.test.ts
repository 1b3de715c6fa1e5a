import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Kept } from '@kept/core';
import { type Scene, scene } from '../support/scene.ts';
import { becomesActive, LABEL, LONGER, SHORTER, versionWith } from './newVersion.ts';

let the: Scene;
let kept: Kept;

const first = versionWith(1);

beforeEach(async () => {
  the = await scene({ policy: first });
  kept = the.kept;
});
afterEach(() => the.close());

const inForce = async (one: Kept = kept): Promise<number> => {
  await one.policies.history();
  return one.policy.version;
};
const refusal = (code: string): object => expect.objectContaining({ code });
const waiting = async (): Promise<number> =>
  (await kept.findings.open()).filter(({ code }) => code === 'POLICY_WAITING').length;

describe('what a start makes of changed files', () => {
  test('the first start works by its files', async () => {
    expect(await kept.policies.history()).toMatchObject([{ version: 1, hash: first.hash, tells: false }]);
    expect(await waiting()).toBe(0);
  });

  test('a loosened file waits: the version before stays in force; finding and log say what to do', async () => {
    const logged: object[] = [];
    const restarted = await the.restart({ policy: versionWith(2, LONGER), log: (entry) => logged.push(entry) });
    expect(logged).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'policy.waiting', remedy: expect.stringContaining('propose') }),
    );
    expect(restarted.policy).toMatchObject({ version: 1, hash: first.hash });
    const [finding] = await restarted.findings.open();
    expect(finding).toMatchObject({ code: 'POLICY_WAITING', text: expect.stringContaining('kept policy propose') });
    expect(await inForce()).toBe(1);
  });

  test('files that go back to the version in force leave nothing waiting', async () => {
    await the.restart({ policy: versionWith(2, LONGER) });
    expect(await waiting()).toBe(1);
    await the.restart({ policy: first });
    expect(await waiting()).toBe(0);
  });

  test('a material change waits too, even where it only tightens', async () => {
    const restarted = await the.restart({ policy: versionWith(2, SHORTER) });
    expect(restarted.policy.version).toBe(1);
  });

  test('a file whose version was not raised is told to raise it', async () => {
    await the.restart({ policy: versionWith(1, LONGER) });
    const [finding] = await kept.findings.open();
    expect(finding?.text).toContain('raise its version above 1');
  });

  test('labels are active at the next start, and every running worker has them', async () => {
    const label = (one: Kept): string | undefined =>
      one.policy.categories.find(({ name }) => name === 'account.contact')?.label;
    await the.restart({ policy: versionWith(1, LABEL) });
    await inForce();
    expect(label(kept)).toBe('Mail address');
    expect(await kept.policies.history()).toMatchObject([
      { counts: { changes: 0 } },
      { tells: false, counts: { material: 0 } },
    ]);
  });

  test('what was taken over at a start is not taken back by a late worker, nor by files of a lower version', async () => {
    const labelled = versionWith(2, LABEL);
    await the.restart({ policy: labelled });
    await the.restart({ policy: first });
    expect(await inForce()).toBe(2);
    expect(await waiting()).toBe(0);
    await the.restart({ policy: versionWith(1, ['label: Email address', 'label: E-mail address']) });
    expect(await inForce()).toBe(2);
    expect(await waiting()).toBe(1);
    expect(await kept.policies.history()).toHaveLength(2);
  });

  test('a date or a test that ends records is not moved by a start alone', async () => {
    const collections = first.inventory.collections.map((one) =>
      one.name === 'generations' ? { ...one, predicates: { saved: { field: '_id', exists: true } } } : one,
    );
    const moved = { ...versionWith(2), hash: 'f'.repeat(64), inventory: { ...first.inventory, collections } };
    await the.restart({ policy: moved });
    expect(await inForce()).toBe(1);
    expect(await waiting()).toBe(1);
  });

  test('a database of before versions were stored goes on with the files of the start', async () => {
    await the.db
      .collection('kept_policies')
      .updateOne(
        { _id: 'policy-sdance-ai' as never },
        { $unset: { history: '', earlier: '', promised: '' }, $set: { hash: 'old' } },
      );
    const next = versionWith(2, LONGER);
    const restarted = await the.restart({ policy: next });
    expect(restarted.policy).toMatchObject({ version: 2, hash: next.hash });
    expect(await restarted.policies.history()).toMatchObject([{ version: 2 }]);
  });

  test('a worker with older files works by the newer version, without a finding', async () => {
    await becomesActive(the, kept, versionWith(2, SHORTER));
    const late = await the.restart();
    expect(late.policy.version).toBe(2);
    expect(await waiting()).toBe(0);
  });

  test('the finding ends once the version that waited is active', async () => {
    const next = versionWith(2, LONGER);
    await the.restart({ policy: next });
    expect(await waiting()).toBe(1);
    await becomesActive(the, kept, next);
    expect(await waiting()).toBe(0);
  });
});

test('a version that is named by the database and not there stops the work instead of guessing', async () => {
  await becomesActive(the, kept, versionWith(2, LONGER));
  await the.db
    .collection<{ _id: string }>('kept_policies')
    .deleteMany({ policyVersion: 2, compiled: { $exists: true } });
  await expect(the.restart({ policy: versionWith(3, LABEL) }).then((one) => one.policies.history())).rejects.toEqual(
    refusal('POLICY_BROKEN'),
  );
});
