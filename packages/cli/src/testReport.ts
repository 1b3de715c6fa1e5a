import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Io } from './io.ts';
import { WrongQuestion } from './wrongQuestion.ts';

/** What the test run wrote down: `test-result.json`. */
export interface TestReport {
  /** Commit that the tests ran on; null where none was known. */
  readonly commit: string | null;
  readonly tests: readonly { readonly name: string; readonly clauses: readonly string[]; readonly status: string }[];
}

/** Reads a report and whether it was made at the commit that its folder stands at now. Throws WrongQuestion. */
export async function readReport(file: string, io: Io): Promise<{ report: TestReport; current: boolean }> {
  const path = resolve(io.cwd, file);
  const report = parsed(await readFile(path, 'utf8').catch(() => undefined));
  if (report === undefined) {
    throw new WrongQuestion(
      `${file} is no report of a test run`,
      '--report',
      'run npm test and name its test-result.json',
    );
  }
  return { report, current: report.commit !== null && report.commit === (await commitAt(dirname(path))) };
}

function parsed(text: string | undefined): TestReport | undefined {
  try {
    const report = JSON.parse(text ?? '') as Partial<TestReport>;
    const sound =
      (typeof report.commit === 'string' || report.commit === null) &&
      report.tests?.every((test) => typeof test.name === 'string' && Array.isArray(test.clauses));
    return sound ? (report as TestReport) : undefined;
  } catch {
    return undefined;
  }
}

function commitAt(folder: string): Promise<string | undefined> {
  return new Promise((settle) => {
    execFile('git', ['rev-parse', 'HEAD'], { cwd: folder }, (error, out) => settle(error ? undefined : out.trim()));
  });
}
