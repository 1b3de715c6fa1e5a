import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../packages/core/src/adapters/policy/loadPack.ts';
import { loadRegister } from '../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { ruleIds } from '../../packages/core/src/kernel/policy/ruleIds.ts';
import { ROOT } from '../house/sources.ts';
import { unknownClauses } from '../support/unknownClauses.ts';

const register = await loadRegister();
const packs = readdirSync(policiesDir()).filter((name) => existsSync(policiesDir(name, 'policy.yaml')));

describe('every promise leads to rules, and every rule to a promise', () => {
  test('in packs that are all on the register', () => {
    expect(packs).toContain('sdance-ai');
    expect(packs.filter((name) => !register.some(({ pack }) => pack === name))).toEqual([]);
  });

  test('in packs that are all published', async () => {
    const { files } = JSON.parse(await readFile(policiesDir('package.json'), 'utf8'));
    expect(packs.filter((name) => !files.includes(name))).toEqual([]);
  });

  test.each(packs)('in %s no clause is without a rule that exists', async (name) => {
    const policy = await loadPack(name);
    const rules = ruleIds(policy);
    const promised = register.find(({ pack }) => pack === name)?.clauses.map(({ id }) => id) ?? [];
    const kept = policy.clauses.filter(
      ({ keptBy }) => keptBy.length > 0 && keptBy.every((rule) => rules.includes(rule)),
    );
    expect(kept.map(({ id }) => id).sort()).toEqual([...promised].sort());
  });

  test.each(packs)('in %s no rule is without a clause that it keeps', async (name) => {
    const policy = await loadPack(name);
    const keeping = new Set(policy.clauses.flatMap(({ keptBy }) => keptBy));
    expect(ruleIds(policy).length).toBeGreaterThan(20);
    expect(ruleIds(policy).filter((rule) => !keeping.has(rule))).toEqual([]);
  });
});

describe('a test that carries a clause which no register knows', () => {
  const known = register.flatMap(({ clauses }) => clauses.map(({ id }) => id));

  test('is named, with the clause that was meant', () => {
    const tests = [
      { name: 'one', clauses: ['sdance-ai.right.deletion'] },
      { name: 'two', clauses: [] },
      { name: 'three', clauses: ['sdance-ai.right.deletion', 'sdance-ai.right.deletoin'] },
    ];
    expect(unknownClauses(tests, known)).toEqual([
      '"three" carries sdance-ai.right.deletoin, which no register knows: did you mean "sdance-ai.right.deletion"?',
    ]);
  });

  const runIn = (folder: string, clause: string, ...options: string[]): ReturnType<typeof spawnSync> => {
    writeFileSync(join(folder, 'one.test.js'), `test('${clause}: all goes', () => expect(1).toBe(1));`);
    const config = {
      rootDir: folder,
      transform: {},
      testMatch: ['**/*.test.js'],
      reporters: [join(ROOT, 'test/support/reporter.mjs')],
    };
    const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
    const words = [jest, '--runInBand', '--no-cache', '--config', JSON.stringify(config), ...options];
    return spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  };

  test.each([
    ['fails the run, although it passed', 'sdance-ai.right.deletoin', 1, '1 passed, 1 failed'],
    ['and with one that it knows does not', 'sdance-ai.right.deletion', 0, '1 passed, 0 failed'],
  ])('%s', async (_title, clause, code, line) => {
    const folder = await mkdtemp(join(tmpdir(), 'kept-run-'));
    const ended = runIn(folder, clause);
    const report = JSON.parse(await readFile(join(folder, 'test-result.json'), 'utf8'));
    await rm(folder, { recursive: true });

    expect([ended.status, String(ended.stdout).trimEnd().split('\n').at(-1)]).toEqual([code, line]);
    expect(ended.stderr.includes(`carries ${clause}, which no register knows`)).toBe(code === 1);
    expect(report.tests).toMatchObject([{ clauses: [clause], status: 'passed' }]);
  });

  test('a run of some tests leaves the report of the last whole run as it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kept-run-'));
    await writeFile(join(folder, 'test-result.json'), 'of the last whole run');
    const { status } = runIn(folder, 'sdance-ai.right.deletion', '-t', 'all goes');
    const report = await readFile(join(folder, 'test-result.json'), 'utf8');
    await rm(folder, { recursive: true });
    expect([status, report]).toEqual([0, 'of the last whole run']);
  });
});
