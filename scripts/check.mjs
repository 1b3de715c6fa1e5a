// Lint, types and house rules, in that order; all of them run, and one failure fails the whole.
import { spawnSync } from 'node:child_process';

const steps = [
  ['lint', 'biome', ['check', '--error-on-warnings', '--diagnostic-level=warn']],
  ['types', 'tsc', ['-b']],
  ['types of tests', 'tsc', ['-p', 'tsconfig.test.json']],
  [
    'house rules',
    'node',
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      'test/house',
      '--silent',
      '--reporters=default',
    ],
  ],
];

let failed = false;
for (const [name, command, args] of steps) {
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, KEPT_TEST_WITHOUT_DATABASE: '1' },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stderr.write(`kept: ${name} ${status === 0 ? 'good' : 'FAILED'} (${seconds} s)\n`);
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
