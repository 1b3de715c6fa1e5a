import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { loadCases } from '../../packages/core/src/adapters/policy/loadCases.ts';
import { loadPack } from '../../packages/core/src/adapters/policy/loadPack.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { decideCase } from '../../packages/core/src/kernel/cases/decideCase.ts';

const policy = await loadPack('sdance-ai');
const { now, cases } = await loadCases('sdance-ai');

describe('the decision table of sdance-ai', () => {
  test.each(cases.map((one) => [`${one.because}: ${one.who} – ${one.wants}: ${one.outcome}`, one] as const))(
    '%s',
    (_title, one) => {
      const { outcome, because } = decideCase(policy, one, now);
      expect({ outcome, because: because.flatMap(({ rule, clause }) => [rule, clause]) }).toEqual({
        outcome: one.outcome,
        because: expect.arrayContaining([one.because]),
      });
    },
  );

  test('the table in the README is this table', async () => {
    const readme = await readFile(policiesDir('sdance-ai', 'README.md'), 'utf8');
    const rows = cases.map(
      (one) => `| ${one.who} | ${one.wants} | ${one.outcome} | ${one.because.replace('sdance-ai.', '')} |`,
    );
    const lines = readme.split('\n').map((line) => line.replace(/ +/g, ' '));
    expect(
      lines.filter((line) => /\| (permitted|forbidden|undetermined|erase|anonymise|redact|detach|keep) \|/.test(line)),
    ).toEqual(rows);
  });

  test('every purpose and every recipient of the notice has a permitted and a denied row', () => {
    const ids = policy.clauses
      .filter(({ kind }) => kind === 'recipient' || kind === 'purpose')
      .map((clause) => clause.id);
    expect(ids.length).toBeGreaterThan(10);
    const lacking = ids.filter((id) => {
      const outcomes = cases.filter((one) => one.because === id).map((one) => one.outcome);
      return !outcomes.includes('permitted') || !outcomes.includes('forbidden');
    });
    expect(lacking).toEqual([]);
  });
});
