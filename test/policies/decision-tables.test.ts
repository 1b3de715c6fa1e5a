import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { loadCases } from '../../packages/core/src/adapters/policy/loadCases.ts';
import { loadPack } from '../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegister } from '../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { decideCase, type PolicyCase } from '../../packages/core/src/kernel/cases/decideCase.ts';

const OUTCOMES = /\| (permitted|forbidden|undetermined|erase|redact|detach|keep) \|/;

const packs = readdirSync(policiesDir()).filter((name) => existsSync(policiesDir(name, 'cases.yaml')));
const tables = await Promise.all(
  packs.map(async (pack) => ({ pack, policy: await loadPack(pack), ...(await loadCases(pack)) })),
);

// Rows prove a clause where the register asks for a permitted and a denied case; other proofs take more than rows.
const decided = ['purpose', 'recipient', 'right', 'retention'];
const plain = new Set(
  (await loadRegister())
    .flatMap(({ clauses }) => clauses.filter(({ kind, proof }) => proof === 'fact' && decided.includes(kind)))
    .map(({ id }) => id),
);
const titleOf = ({ because, who, wants, outcome }: PolicyCase): string =>
  plain.has(because) ? `${because}: ${who} – ${wants}: ${outcome}` : `${who} – ${wants}: ${outcome} (${because})`;

test('there are tables to look at', () => {
  expect(packs).toContain('sdance-ai');
});

describe.each(tables)('the decision table of $pack', ({ pack, policy, now, cases }) => {
  test.each(cases.map((one) => [titleOf(one), one] as const))('%s', (_title, one) => {
    const { outcome, because } = decideCase(policy, one, now);
    expect({ outcome, because: because.flatMap(({ rule, clause }) => [rule, clause]) }).toEqual({
      outcome: one.outcome,
      because: expect.arrayContaining([one.because]),
    });
  });

  test('has at least 25 rows, no two of them alike', () => {
    expect(cases.length).toBeGreaterThanOrEqual(25);
    expect(new Set(cases.map(({ who, wants }) => `${who}: ${wants}`)).size).toBe(cases.length);
  });

  test('is the table in the README', async () => {
    const readme = await readFile(policiesDir(pack, 'README.md'), 'utf8');
    const rows = cases.map(
      (one) => `| ${one.who} | ${one.wants} | ${one.outcome} | ${one.because.replace(`${pack}.`, '')} |`,
    );
    const lines = readme.split('\n').map((line) => line.replace(/ +/g, ' '));
    expect(lines.filter((line) => OUTCOMES.test(line))).toEqual(rows);
  });

  test('has a permitted and a denied row for every purpose and every recipient of the notice', () => {
    // What only prohibitions or the notice itself keep has nothing to permit.
    const clauses = policy.clauses
      .filter(({ kind }) => kind === 'recipient' || kind === 'purpose')
      .filter(({ keptBy }) => keptBy.some((rule) => /^(purposes|recipients)\./.test(rule)));
    expect(clauses.length).toBeGreaterThan(0);
    const lacking = clauses.filter(({ id }) => {
      const outcomes = cases.filter((one) => one.because === id).map((one) => one.outcome);
      return !outcomes.includes('permitted') || !outcomes.includes('forbidden');
    });
    expect(lacking.map(({ id }) => id)).toEqual([]);
  });
});
