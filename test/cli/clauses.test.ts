import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadRegister } from '../../packages/core/src/index.ts';
import { clausesIn } from '../support/clausesIn.ts';
import { ask } from './ask.ts';

interface Measured {
  total: number;
  kept: number;
  packs: {
    pack: string;
    total: number;
    kept: number;
    clauses: { id: string; keptBy: string[]; tests: string[]; kept: boolean }[];
  }[];
}

const VIDEOS = 'sdance-ai.retention.videos-30-days';
let folder = '';
let commit = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-report-'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '--message', 'first');
  commit = git('rev-parse', 'HEAD');
});

async function measured(report?: object): Promise<{ code: number; err: string; measured: Measured }> {
  if (report) await writeFile(join(folder, 'report.json'), JSON.stringify(report));
  const args = ['clauses', '--json', ...(report ? ['--report', 'report.json'] : [])];
  const { code, err, json } = await ask(args, { cwd: folder });
  return { code, err, measured: json<Measured>() };
}

const passed = (clause: string) => ({ name: `videos ${clause}: day 30 goes`, clauses: [clause], status: 'passed' });
const lineOf = ({ packs }: Measured, id: string) =>
  packs.flatMap(({ clauses }) => clauses).find((line) => line.id === id);

describe('kept clauses', () => {
  test('every promise of the register is counted, and without a report none is shown to be kept', async () => {
    const { code, measured: all } = await measured();
    const register = await loadRegister();
    expect(code).toBe(0);
    expect(all.packs.map(({ pack, total, clauses }) => [pack, total, clauses.map(({ id }) => id)])).toEqual(
      register.map(({ pack, clauses }) => [pack, clauses.length, clauses.map(({ id }) => id)]),
    );
    expect([all.total, all.kept]).toEqual([all.packs.reduce((sum, { total }) => sum + total, 0), 0]);
  });

  test('every promise is encoded and points at rules', async () => {
    const { measured: all } = await measured();
    expect(all.packs.flatMap(({ clauses }) => clauses).filter(({ keptBy }) => keptBy.length === 0)).toEqual([]);
  });

  test('a clause is kept by a test that passed at this commit', async () => {
    const { code, measured: all } = await measured({ commit, tests: [passed(VIDEOS)] });
    expect(all.kept).toBe(1);
    expect(lineOf(all, VIDEOS)).toMatchObject({
      keptBy: ['retention.generated-videos'],
      tests: [`videos ${VIDEOS}: day 30 goes`],
      kept: true,
    });
    expect(code).toBe(1);
  });

  test('nothing is missing where each clause has its test', async () => {
    const ids = (await loadRegister()).flatMap(({ clauses }) => clauses.map(({ id }) => id));
    const { code, measured: all } = await measured({ commit, tests: ids.map(passed) });
    expect([code, all.kept]).toEqual([0, all.total]);
  });

  test.each([
    ['a test that failed', () => ({ commit, tests: [{ ...passed(VIDEOS), status: 'failed' }] })],
    ['a test that was left out', () => ({ commit, tests: [{ ...passed(VIDEOS), status: 'pending' }] })],
    ['a test of another clause', () => ({ commit, tests: [passed('sdance-ai.retention.videos')] })],
    ['a report of another commit', () => ({ commit: 'f'.repeat(40), tests: [passed(VIDEOS)] })],
    ['a report of no commit', () => ({ commit: null, tests: [passed(VIDEOS)] })],
  ])('%s proves nothing', async (_title, report) => {
    const { code, measured: all } = await measured(report());
    expect([code, all.kept]).toEqual([1, 0]);
  });

  test('a report of another commit is named on standard error', async () => {
    expect((await measured({ commit: null, tests: [] })).err).toMatch(/not made at this commit.*\n$/);
    expect((await measured({ commit, tests: [] })).err).toBe('');
  });

  test('the report of the last test run is read where it lies', async () => {
    const report = { commit, tests: [passed(VIDEOS)] };
    await writeFile(join(folder, 'test-result.json'), JSON.stringify(report));
    const { code, json } = await ask(['clauses', '--json'], { cwd: folder });
    await rm(join(folder, 'test-result.json'));
    expect([code, json<Measured>().kept]).toEqual([1, 1]);
  });

  test('one pack can be asked about, and people read a line a clause', async () => {
    const { code, out } = await ask(['clauses', '--pack', 'sdance-ai'], { cwd: folder });
    expect(code).toBe(0);
    expect(out).toMatch(/^sdance-ai: 0 of \d+ kept\n {2}- +sdance-ai\./);
  });
});

describe('the report of a test run', () => {
  test.each([
    [['sdance-ai.right.deletion: all goes'], ['sdance-ai.right.deletion']],
    [['erasure', 'sdance-ai.right.deletion: all goes'], ['sdance-ai.right.deletion']],
    [['a.right.one, b2.right.two-3: both'], ['a.right.one', 'b2.right.two-3']],
    [['about sdance-ai.right.deletion: not in front'], []],
    [['sdance-ai.right.deletion without a colon'], []],
    [['plain title'], []],
  ])('%j carries %j', (titles, clauses) => {
    expect(clausesIn(titles)).toEqual(clauses);
  });

  test('finds every id of the register', async () => {
    for (const { clauses } of await loadRegister()) {
      for (const { id } of clauses) expect(clausesIn([`${id}: kept`])).toEqual([id]);
    }
  });
});
