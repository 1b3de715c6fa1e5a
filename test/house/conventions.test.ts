import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesBelow, read } from './sources.ts';

const SOURCES = ['packages', 'jobs', 'examples', 'test', 'bench', 'scripts', 'policies'];
const below = (endings: readonly string[]): string[] => SOURCES.flatMap((folder) => filesBelow(folder, endings));

test('no file is longer than 250 lines', () => {
  const long = below(['.ts', '.mjs', '.hbs', '.css', '.js']).filter(
    (file) => read(file).trimEnd().split('\n').length > 250,
  );
  expect(long).toEqual([]);
});

const CLOCKS = /new Date\(\)|Date\.now\(/;
const CLOCKS_OF_CORE = /new Date\(\)|Date\.now\(|performance\.now\(/;

test('time is read in adapters/clock and nowhere else', () => {
  const readers = ['packages', 'jobs', 'examples']
    .flatMap((folder) => filesBelow(folder, ['.ts']))
    .filter((file) => !file.startsWith('packages/localdb/') && !file.includes('/adapters/clock/'))
    .filter((file) => (file.startsWith('packages/core/') ? CLOCKS_OF_CORE : CLOCKS).test(read(file)));
  expect(readers).toEqual([]);
});

test('file names say what is in them', () => {
  const drawers = /^(utils?|helpers?|common|types|misc|manager|service|base)\.(ts|mjs)$/;
  const found = below(['.ts', '.mjs']).filter((file) => drawers.test(path.basename(file)));
  expect(found.filter((file) => !file.startsWith('packages/localdb/src/documentdb/'))).toEqual([]);
});

test('a job file is a name, a rhythm and one call', () => {
  for (const file of filesBelow('jobs/src', ['.ts']).filter((each) => !each.endsWith('/jobs.ts'))) {
    expect([file, read(file).split('\n').length <= 31]).toEqual([file, true]);
    expect([file, read(file).includes('mongoose')]).toEqual([file, false]);
  }
});

test('every package is built by the root and licensed', () => {
  const references = JSON.parse(read('tsconfig.json')).references.map((each: { path: string }) => each.path);
  const packages = ['packages', 'jobs', 'examples']
    .flatMap((folder) => filesBelow(folder, ['package.json']))
    .map((file) => ({ folder: path.dirname(file), json: JSON.parse(read(file)) }));
  expect(packages.map((each) => each.folder).sort()).toEqual([...references].sort());
  expect(packages.filter((each) => each.json.license !== 'MIT')).toEqual([]);
});

describe('what is published names no machine', () => {
  test('the lock file holds no addresses', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  test('no test is switched off', () => {
    const off = /\b(it|test|describe)\.(skip|only|todo)\(|\bx(it|describe)\(/;
    expect(filesBelow('test', ['.test.ts']).filter((file) => off.test(read(file)))).toEqual([]);
  });
});
