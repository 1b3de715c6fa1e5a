import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const SUPPORT = path.resolve(import.meta.dirname, '../support');

test('a run of the tests leaves nothing among the temporary files, and puts things back as they were', () => {
  const temp = mkdtempSync(path.join(tmpdir(), 'outer-'));
  const script = `
    import { mkdtempSync, statSync } from 'node:fs';
    import os from 'node:os';
    import setup from ${JSON.stringify(`${SUPPORT}/setup.mjs`)};
    import teardown from ${JSON.stringify(`${SUPPORT}/teardown.mjs`)};
    await setup();
    const within = os.tmpdir();
    mkdtempSync(os.tmpdir() + '/kept-');
    const { mode } = statSync(within);
    await teardown();
    console.log(JSON.stringify({ within, after: os.tmpdir(), mode: mode & 0o777 }));`;
  const env = { PATH: process.env.PATH, TMPDIR: temp, KEPT_TEST_WITHOUT_DATABASE: '1' };
  const told = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { env }).toString());

  expect(told).toEqual({ within: expect.stringMatching(/^.+\/kt-\w{6}$/), after: temp, mode: 0o711 });
  expect(readdirSync(temp)).toEqual([]);
  rmSync(temp, { recursive: true });
});

test('the tests of this run write into the folder of the run', () => {
  expect(path.basename(tmpdir())).toMatch(/^kt-/);
  expect(statSync(tmpdir()).isDirectory()).toBe(true);
});
