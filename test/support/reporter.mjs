// Ends the run with one line that a machine can read, and nothing behind it. Before it, the report of the run is written:
// which tests passed at which commit, and the clauses that they carry. `kept clauses --report` reads it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { clausesIn } from './clausesIn.ts';

export default class ClosingLine {
  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const tests = results.testResults
      .flatMap((file) => file.testResults)
      .map(({ fullName, ancestorTitles, title, status }) => ({
        name: fullName,
        clauses: clausesIn([...ancestorTitles, title]),
        status,
      }));
    writeFileSync('test-result.json', `${JSON.stringify({ commit: commit(), passed, failed, tests })}\n`);
    process.on('exit', () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
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
