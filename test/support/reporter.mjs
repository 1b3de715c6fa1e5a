// Ends the run with one line that a machine can read, and nothing behind it. Before it, the report of the run is written:
// which tests passed at which commit, and the clauses that they carry. `kept clauses --report` reads it. A run with a title
// that carries a clause which no register knows fails: such a test seems to prove something and proves nothing.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { loadRegister } from '../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { clausesIn } from './clausesIn.ts';
import { unknownClauses } from './unknownClauses.ts';

export default class ClosingLine {
  #unknown = [];
  #whole;

  /** A run of some tests proves nothing of the others: it leaves the report of the last whole run alone. */
  constructor({ testPathPatterns, testNamePattern, onlyChanged }) {
    this.#whole = !testPathPatterns?.isSet?.() && !testNamePattern && !onlyChanged;
  }

  async onRunComplete(_contexts, results) {
    const tests = results.testResults
      .flatMap((file) => file.testResults)
      .map(({ fullName, ancestorTitles, title, status }) => ({
        name: fullName,
        clauses: clausesIn([...ancestorTitles, title]),
        status,
      }));
    const register = await loadRegister();
    this.#unknown = unknownClauses(
      tests,
      register.flatMap((pack) => pack.clauses.map(({ id }) => id)),
    );
    for (const line of this.#unknown) process.stderr.write(`${line}\n`);

    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + this.#unknown.length;
    if (this.#whole)
      writeFileSync('test-result.json', `${JSON.stringify({ commit: commit(), passed, failed, tests })}\n`);
    process.on('exit', () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }

  getLastError() {
    return this.#unknown.length === 0 ? undefined : new Error('a test carries a clause that no register knows');
  }
}

/** Null outside a checkout: then the report proves nothing. */
function commit() {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null;
  }
}
