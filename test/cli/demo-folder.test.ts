import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { demoFolder } from '../../packages/cli/src/demo/demoFolder.ts';

let temp: string;
beforeEach(async () => {
  temp = await mkdtemp(join(tmpdir(), 'kept-temp-'));
});
afterEach(() => rm(temp, { recursive: true, force: true }));

/** The number of a process that has ended. */
const gone = (): number => spawnSync(process.execPath, ['--version']).pid;

test('a demo clears what one that was killed has left behind, and nothing of a living one or of anybody else', async () => {
  const mine = basename(await demoFolder(temp));
  const named = (pid: number): string => mine.replace(`-${process.pid}-`, `-${pid}-`);
  const left = named(gone());
  await mkdir(join(temp, left, 'keys'), { recursive: true });
  await writeFile(join(temp, left, 'keys', 'key'), 'secret');

  const elsewhere = left.replace(/^kept-demo-\w+/, 'kept-demo-0000aaaa');
  const others = [elsewhere, `${left}.txt`, 'kept-demo-x', 'kept-house-abc', named(process.ppid)];
  for (const name of others) await mkdir(join(temp, name));
  const trick = named(gone());
  await symlink(join(temp, 'kept-house-abc'), join(temp, trick));

  const next = basename(await demoFolder(temp));
  expect((await readdir(temp)).sort()).toEqual([mine, next, trick, ...others].sort());
});
