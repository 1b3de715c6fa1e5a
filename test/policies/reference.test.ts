import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { referenceFiles } from '../../scripts/referenceFiles.ts';
import { packs } from './packs.ts';

const folder = path.join(import.meta.dirname, '../../docs/reference');
const files = await referenceFiles();
const there = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((file) => statSync(path.join(folder, file)).isFile());

test('docs/reference holds what npm run reference writes, and nothing else', () => {
  expect(there.sort()).toEqual([...files.keys()].sort());
});

test.each([...files])('docs/reference/%s is as the rules have it today', (file, text) => {
  expect(readFileSync(path.join(folder, file), 'utf8')).toBe(text);
});

test('every pack has its notices and its records there', () => {
  for (const pack of packs)
    for (const file of ['notice.en.html', 'notice.de.html', 'notice.en.md', 'notice.de.md', 'ropa.csv', 'ropa.jsonld'])
      expect(files.has(`${pack}/${file}`)).toBe(true);
});
