import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nodeCrypto } from '../../../packages/core/src/adapters/crypto/nodeCrypto.ts';
import { safeName } from '../../../packages/core/src/engine/rights/access/fileNames.ts';

const world = { crypto: nodeCrypto() };
const name = (text: string): string => safeName(world, text);

test('names that people chose stay readable', () => {
  expect(['generations', 'apiLogs', 'api_keys', '64b0c0ffee', 'outputs.file'].map(name)).toEqual([
    ...['generations', 'api-logs', 'api_keys', '64b0c0ffee', 'outputs.file'],
  ]);
});

test('nothing leads out of the package, and no system takes a name for something else', () => {
  const bad = [
    '..',
    '.',
    '',
    '../x',
    'a/b',
    'a\\b',
    'c:x',
    'con',
    'NUL',
    'aux.txt',
    'a.',
    'ä',
    '__proto__',
    'x'.repeat(5_000),
  ];
  for (const text of bad)
    expect([text.slice(0, 9), /^[a-z0-9]+(?:[._-][a-z0-9]+)*-[0-9a-f]{16}$/.test(name(text))]).toEqual([
      text.slice(0, 9),
      true,
    ]);
});

test('two texts never become one name, whatever the case that counts', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[a-cA-C0-1._-]{1,5}$/));
  fc.assert(
    fc.property(text, text, (one, other) => one === other || name(one).toLowerCase() !== name(other).toLowerCase()),
    { seed: 5, numRuns: 20_000 },
  );
});
