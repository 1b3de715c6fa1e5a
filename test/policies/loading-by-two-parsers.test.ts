import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadRegister } from '../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { ownPart, registerSource } from '../../packages/core/src/adapters/policy/registerSource.ts';
import { parseSource } from '../../packages/core/src/adapters/policy/yamlSource.ts';
import { filesBelow, read } from '../house/sources.ts';

const files = filesBelow('policies', ['.yaml']);
const faultsOf = (text: string) =>
  parseSource(text, 'a.yaml').mistakes.map((one) => [one.line, one.column, one.message]);

describe('a YAML file is read by the faster parser as the other one reads it', () => {
  test('every file of @kept/policies', () => {
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) {
      const source = parseSource(read(file), file);
      expect([file, source.mistakes]).toEqual([file, []]);
      expect(source.data).toEqual(parse(read(file)));
    }
  });

  test.each([
    '012',
    '0o14',
    '0x1F',
    '0b11',
    '1e3',
    '1_000',
    '.5',
    '+1',
    '-0',
    '.inf',
    '.nan',
    '~',
    'Null',
    'TRUE',
    'yes',
    'on',
    'NO',
    '2026-01-12',
    '2026-01-12T10:00:00Z',
    '12:30:45',
    '',
    '"é"',
    "'it''s'",
    'x#c',
    'x # c',
    '|\n  one\n  two\n',
    '>\n  one\n  two\n',
    '[1, [2, {b: 3}], ]',
    '{b, c: }',
    '<<',
    'http://a.test/b',
    '"one\n  two"',
    '!!str 1',
  ])('the value %j', (value) => {
    const text = `a: ${value}\nb: 1`;
    expect(parseSource(text, 'a.yaml')).toMatchObject({ mistakes: [] });
    expect(parseSource(text, 'a.yaml').data).toEqual(parse(text));
  });

  test.each(['', '# only a remark\n', '---\n'])('%j, which holds nothing', (text) => {
    expect(parseSource(text, 'a.yaml')).toMatchObject({ data: null, mistakes: [] });
  });

  test('a key like __proto__ is a key and nothing more', () => {
    const data = parseSource('__proto__: { owner: true }\nconstructor: 1', 'a.yaml').data as object;
    expect(Object.keys(data)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });
});

describe('what breaks the syntax', () => {
  test('is found all at once, with places', () => {
    expect(faultsOf('a: 1\nb: "x\\q"\na: 2\nc: "\\z"')).toEqual([
      [2, 6, expect.stringContaining('escape')],
      [3, 1, 'Map keys must be unique'],
      [4, 5, expect.stringContaining('escape')],
    ]);
  });

  test.each([
    'a: [1',
    'a: {b: 1',
    'a: "x',
    "a: 'x",
    'a: b: c',
    '- a\nb: 1',
    '\ta: 1',
    'a:\n\tb: 1',
    'a: @x',
    'a: ]',
    'a: 1\n---\nb: 2',
    'a: "x" y',
  ])('is a mistake: %j', (text) => {
    const { data, mistakes } = parseSource(text, 'a.yaml');
    expect(data).toBeUndefined();
    expect(mistakes.length).toBeGreaterThan(0);
    expect(mistakes[0]).toMatchObject({ code: 'YAML_BROKEN', file: 'a.yaml', remedy: 'mend the YAML here' });
  });

  test('is also what one parser alone would let pass', () => {
    expect(faultsOf('one: { 1: a, "1": b }')).toEqual([[1, 15, 'duplicated mapping key']]);
    expect(faultsOf('one: 1\ntwo: !secret 1')).toEqual([[2, 6, 'unknown scalar tag !<!secret>']]);
  });

  test('is a second document, in words for people who write policies', () => {
    expect(faultsOf('a: 1\n---\nb: 2\n')).toEqual([[2, 1, 'a second document begins here: a file holds one']]);
  });

  test.each([150, 20_000])('is what is nested %i deep, told once', (depth) => {
    const text = `a: ${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(faultsOf(text)).toEqual([[1, expect.any(Number), 'this is nested too deeply']]);
  });

  test('is a file far longer than any policy, which nobody reads to the end', () => {
    const { data, mistakes, locate } = parseSource(`a: [${'1,'.repeat(3_000_000)}1]`, 'a.yaml');
    expect(data).toBeUndefined();
    expect(mistakes).toMatchObject([{ line: 1, column: 1, message: 'the file has more than 5000000 characters' }]);
    expect(locate(['a'])).toEqual({ line: 1, column: 1 });
  });

  test('is an alias, by which a value could contain itself', () => {
    expect(faultsOf('one: &it\n  two: *it')).toEqual([[2, 9, 'an alias is not possible here: write it out']]);
  });
});

test('each of many thousand keys has its place without a search through all of them', () => {
  const keys = Array.from({ length: 15_000 }, (_, index) => `key${index}`);
  const { locate } = parseSource(`all:\n${keys.map((key) => `  ${key}: 1\n`).join('')}`, 'a.yaml');
  expect(keys.map((key) => locate(['all', key]).line)).toEqual(keys.map((_, index) => index + 2));
  expect(locate(['all', 'none'])).toEqual({ line: 1, column: 1 });
});

describe('loading is fast', () => {
  test('since a sound pack is never read for places', () => {
    const script = `
      import { createRequire } from 'node:module';
      import { loadPack } from './packages/core/src/adapters/policy/loadPack.ts';
      const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('/yaml/dist/'));
      const { pack } = await loadPack('sdance-ai');
      const before = loaded();
      const { parseSource } = await import('./packages/core/src/adapters/policy/yamlSource.ts');
      parseSource('a: 1', 'a.yaml').locate(['a']);
      console.log(JSON.stringify([pack, before, loaded()]));`;
    const told = execFileSync(process.execPath, [
      '--conditions=@kept/source',
      '--input-type=module-typescript',
      '-e',
      script,
    ]);
    expect(JSON.parse(told.toString())).toEqual(['sdance-ai', false, true]);
  });

  test('since of the register only the part of the pack is read, in its place', async () => {
    const whole = await readFile(policiesDir('register.yaml'), 'utf8');
    for (const { pack, clauses } of await loadRegister()) {
      const { packs } = registerSource(pack).data as { packs: { pack: string; clauses: { id: string }[] }[] };
      expect(packs.map((one) => [one.pack, one.clauses.map(({ id }) => id)])).toEqual([
        [pack, clauses.map(({ id }) => id)],
      ]);
      expect(registerSource(pack).locate(['packs', 0, 'clauses', 0]).line).toBe(
        whole.split('\n').findIndex((line) => line.endsWith(` id: ${clauses[0]?.id}`)) + 1,
      );
    }
  });

  test('and a pack that the register does not know has no part in it', () => {
    expect(parse(ownPart('version: 1\npacks:\n  - pack: one\n    clauses: []\n', 'two'))).toEqual({ packs: [] });
  });
});
