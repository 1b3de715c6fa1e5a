import { existsSync } from 'node:fs';
import path from 'node:path';
import { loadPack, loadRegister, type Policy, type RegisteredPack, ruleIds } from '@kept/core';
import { ANSWERED, type Args, BAD_NEWS, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { answer, columns, paint, plural } from '../output.ts';
import { oneOf } from '../readings.ts';
import { readReport } from '../testReport.ts';

interface ClauseLine {
  readonly id: string;
  readonly kind: string;
  readonly keptBy: readonly string[];
  /** Names of the tests that carry its id and passed. */
  readonly tests: readonly string[];
  readonly kept: boolean;
}

interface PackLine {
  readonly pack: string;
  readonly total: number;
  readonly kept: number;
  readonly clauses: readonly ClauseLine[];
}

type TestsOf = (clause: string) => readonly string[];

export const clauses: Command = {
  name: 'clauses',
  usage: '[--pack P] [--report FILE]',
  about: [
    'A clause is kept where its pack encodes it, the rules it points at exist, and a test that carries its id passed in',
    'the report of the last test run, made at this commit: test-result.json in this folder, or the file of --report.',
    'Without a report nothing is shown to be kept.',
  ],
  takes: [0, 0],
  options: {
    pack: { type: 'string', value: 'P', help: 'only this pack' },
    report: { type: 'string', value: 'FILE', help: 'report of the last test run; exits with 1 where proof is missing' },
  },
  async run(args, io) {
    const register = await registered(args.text('pack'));
    const testsOf = await proofs(args, io);
    const packs: PackLine[] = [];
    for (const entry of register) packs.push(packLine(entry, await encoded(entry.pack), testsOf));
    const total = sum(packs.map((pack) => pack.total));
    const kept = sum(packs.map((pack) => pack.kept));

    answer(io, args, { total, kept, packs }, () => packs.map((pack) => forPeople(pack, io)).join('\n'));
    return testsOf !== undefined && kept < total ? BAD_NEWS : ANSWERED;
  },
};

async function registered(pack: string | undefined): Promise<readonly RegisteredPack[]> {
  const register = await loadRegister();
  if (pack === undefined) return register;
  const names = register.map((entry) => entry.pack);
  const name = await oneOf(pack, names, 'pack', '--pack');
  return register.filter((entry) => entry.pack === name);
}

/** Undefined without a report; from one of another commit nothing follows. */
async function proofs(args: Args, io: Io): Promise<TestsOf | undefined> {
  const file = args.text('report') ?? lastReport(io);
  if (file === undefined) return undefined;
  const { report, current } = await readReport(file, io);
  if (!current)
    io.err('kept clauses: the report was not made at this commit, so it proves nothing: run npm test again\n');
  const passed = current ? report.tests.filter(({ status }) => status === 'passed') : [];
  return (clause) => passed.filter((test) => test.clauses.includes(clause)).map(({ name }) => name);
}

function lastReport(io: Io): string | undefined {
  const file = path.join(io.cwd, 'test-result.json');
  return existsSync(file) ? file : undefined;
}

/** The compiled policy, or undefined for a pack that is registered and not written yet. */
async function encoded(pack: string): Promise<Policy | undefined> {
  return loadPack(pack).catch((error) => {
    if ((error as { code?: string }).code === 'POLICY_NOT_FOUND') return undefined;
    throw error;
  });
}

function packLine(
  { pack, clauses: promised }: RegisteredPack,
  policy: Policy | undefined,
  testsOf?: TestsOf,
): PackLine {
  const rules = new Set(policy === undefined ? [] : ruleIds(policy));
  const lines = promised.map(({ id, kind }): ClauseLine => {
    const keptBy = policy?.clauses.find((clause) => clause.id === id)?.keptBy ?? [];
    const tests = testsOf?.(id) ?? [];
    const isEncoded = keptBy.length > 0 && keptBy.every((rule) => rules.has(rule));
    return { id, kind, keptBy, tests, kept: isEncoded && tests.length > 0 };
  });
  return { pack, total: lines.length, kept: lines.filter(({ kept }) => kept).length, clauses: lines };
}

function forPeople({ pack, total, kept, clauses: lines }: PackLine, io: Io): string {
  const rows = lines.map((line) => [
    `  ${line.kept ? 'kept' : '-'}`,
    line.id,
    line.tests.length > 0 ? plural(line.tests.length, 'test') : 'no proof',
    line.keptBy.join(', ') || 'not encoded',
  ]);
  return `${paint(io, 'strong', `${pack}: ${kept} of ${total} kept`)}\n${columns(rows)}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
