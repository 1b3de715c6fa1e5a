import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { KNOWN_GAPS } from '../../../packages/localdb/src/knownGaps.ts';
import { ITEMS } from './support/items.ts';

const folder = import.meta.dirname;
const readme = readFileSync(path.join(folder, '../../../packages/localdb/README.md'), 'utf8');

test('every item is in the suite once', () => {
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  const named = [...sources.matchAll(/item\(\s*'([^']+)'/g)].map(([, name]) => name);

  expect(named.sort()).toEqual([...ITEMS].sort());
});

test('the README lists the known gaps, and no others', () => {
  const table = readme.slice(
    readme.indexOf('## Known gaps'),
    readme.indexOf('\n## ', readme.indexOf('## Known gaps') + 1),
  );
  const rows = [...table.matchAll(/^\| (.+?) +\| (\d+) +\| (.+?) +\|$/gm)].map(([, name, code, reason]) => ({
    ...{ name, code: Number(code), reason },
  }));

  expect(rows).toEqual(Object.entries(KNOWN_GAPS).map(([name, gap]) => ({ name, ...gap })));
});

test('a known gap is the name of an item', () => {
  expect(ITEMS).toEqual(expect.arrayContaining(Object.keys(KNOWN_GAPS)));
});
