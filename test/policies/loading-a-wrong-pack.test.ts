import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadPack } from '../../packages/core/src/adapters/policy/loadPack.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import type { PolicyInvalid } from '../../packages/core/src/adapters/policy/policyInvalid.ts';

/**
 * What stands in the pack, what is written instead, and what is said about it, at the place of `at` in that. What another
 * slip brings about has none of its own.
 */
interface Slip {
  readonly right: string;
  readonly wrong: string;
  readonly at: string;
  readonly says: string;
}

/** From top to bottom. */
const inventory: readonly Slip[] = [
  {
    right: '{ category: account.credential, export: never, holds: hash }',
    wrong: '{ category: account.credential, exprt: never, holds: hash }',
    at: 'exprt',
    says: 'unknown key "exprt" — did you mean "export"?',
  },
  {
    right: 'createdAt: generation.history',
    wrong: 'createdAt: generation.histroy',
    at: 'createdAt',
    says: 'unknown category "generation.histroy" — did you mean "generation.history"?',
  },
  {
    right: '',
    wrong: '',
    at: 'apiKeys:',
    says: 'the fields of "apiKeys" fall under several rules: account, credits — split the collection, or write retention: with the one of them that governs the record',
  },
  {
    right: 'subject: { through: { apiKeys: keyId } }',
    wrong: 'subject: { through: { apiLogs: keyId } }',
    at: 'subject',
    says: 'the path to the person goes in a circle: apiLogs → apiLogs — end it with ref or key',
  },
];

const policy: readonly Slip[] = [
  {
    right: '  - { id: sdance-ai.never.sale,',
    wrong: '  - { id: seedance25.never.sale, kept-by: [never.sale] }\n  - { id: sdance-ai.never.sale,',
    at: '{ id: seedance25',
    says: 'clause "seedance25.never.sale" is not of the pack "sdance-ai" — begin its id with sdance-ai.',
  },
  {
    right: 'kept-by: [retention.payments]',
    wrong: 'kept-by: [retention.paymnets]',
    at: 'retention.paymnets',
    says: '"sdance-ai.retention.payments-by-law" is kept by "retention.paymnets", which does not exist — did you mean "retention.payments"?',
  },
  {
    right: 'label: Customer support\n    basis: contract',
    wrong: 'label: Customer support\n    basis: contracts',
    at: 'basis: contracts',
    says: '"contracts" is not possible here — did you mean "contract"?',
  },
  {
    right: 'kind: payment-processor',
    wrong: 'kind: payment-procesor',
    at: 'kind',
    says: 'unknown recipient kind "payment-procesor" — did you mean "payment-processor"?',
  },
  {
    right: 'signed: 2026-01-12',
    wrong: 'signed: 12.1.2026',
    at: 'signed',
    says: 'a day is expected here — write it as YYYY-MM-DD',
  },
  {
    right: 'expires: 2030-12-31',
    wrong: 'expires: 2030-02-30',
    at: 'expires',
    says: '2030-02-30 is no day of the calendar — write a day that exists, as YYYY-MM-DD',
  },
  {
    right: 'keep: { atMost: P30D, from: notice }',
    wrong: 'keep: { atMost: 30 days, from: notice }',
    at: 'atMost',
    says: '"30 days" is no period — write P30D',
  },
  {
    right: 'keep: P7D, from: operator }',
    wrong: 'keep: P7T, from: operators }',
    at: 'keep',
    says: '"P7T" is no period — write an ISO 8601 period, such as P30D, P6M or P8Y',
  },
  {
    right: '',
    wrong: '',
    at: 'from: operators',
    says: '"operators" is not possible here — did you mean "operator"?',
  },
  {
    right: 'onlyFor: [improvement]',
    wrong: 'onlyFor: [improvment]',
    at: 'improvment',
    says: 'unknown purpose "improvment" — did you mean "improvement"?',
  },
  {
    right: '- id: credits\n    covers: [credit]',
    wrong: '- id: credits\n    covers: [credit, account.api-key]',
    at: 'covers',
    says: '"credits" and "account" both cover "account.api-key" — leave each category to one rule',
  },
];

/** Text with the slips made, and the lines that are to be said about them. */
function slipped(text: string, file: string, slips: readonly Slip[]): { text: string; says: string[] } {
  const wrong = slips.reduce((result, slip) => {
    if (!result.includes(slip.right)) throw new Error(`${file} has no ${slip.right}`);
    return slip.right === '' ? result : result.replace(slip.right, slip.wrong);
  }, text);
  let from = 0;
  const says = slips.map((slip) => {
    from = wrong.indexOf(slip.at, slip.wrong === '' ? from : wrong.indexOf(slip.wrong));
    const before = wrong.slice(0, from).split('\n');
    return `sdance-ai/${file}:${before.length}:${(before.at(-1) ?? '').length + 1} ${slip.says}`;
  });
  return { text: wrong, says };
}

test('a pack with every kind of mistake is refused with all of them at once, each with its place and its remedy', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kept-pack-'));
  const dir = join(folder, 'sdance-ai');
  await cp(policiesDir('sdance-ai'), dir, { recursive: true });
  const expected: string[] = [];
  for (const [file, slips] of [
    ['inventory.yaml', inventory],
    ['policy.yaml', policy],
  ] as const) {
    const { text, says } = slipped(await readFile(join(dir, file), 'utf8'), file, slips);
    await writeFile(join(dir, file), text);
    expected.push(...says);
  }

  const refusal = await loadPack(dir).then(
    () => Promise.reject(new Error('it was loaded')),
    (error: PolicyInvalid) => error,
  );
  await rm(folder, { recursive: true });

  expect(refusal.code).toBe('POLICY_INVALID');
  expect(refusal.message.split('\n').slice(1)).toEqual(expected);
  expect(refusal.mistakes).toHaveLength(expected.length);
});
