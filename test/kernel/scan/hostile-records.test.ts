import { describe, expect, test } from '@jest/globals';
import { loadPack } from '../../../packages/core/src/index.ts';
import { findingsIn } from '../../../packages/core/src/kernel/scan/findingsIn.ts';
import { listing } from '../../../packages/core/src/kernel/scan/listing.ts';
import { noteRecord } from '../../../packages/core/src/kernel/scan/noteRecord.ts';
import { placesIn, treeOf } from '../../../packages/core/src/kernel/scan/place.ts';

const CARD = '4111111111111111';
const policy = await loadPack('sdance-ai');
const generations = policy.inventory.collections.find(({ name }) => name === 'generations');

/** What is found in these records, and how many places were told apart. */
function scanned(...records: object[]): { found: string[]; places: number } {
  const tree = treeOf(listing(generations));
  const sought = { prefixes: [], identifiers: new Set(['mara@example.org']), canaries: [] };
  for (const [index, record] of records.entries()) noteRecord(record, index, tree, sought);
  const findings = findingsIn(tree, { collection: 'generations', standing: 'listed', policy, ids: false });
  return {
    found: findings.map(({ code, where, count }) => `${code} ${where} ${count}`),
    places: [...placesIn(tree.root)].length,
  };
}

/** As a driver reads it: a field of its own, not the prototype. */
const withField = (name: string, value: unknown): object =>
  Object.defineProperty({}, name, { value, enumerable: true });

describe('names of fields', () => {
  test.each(['$where', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    '%s is a name like others',
    (name) => {
      expect(scanned(withField(name, 'x')).found).toEqual([`FIELD_UNLISTED generations.${name} 1`]);
      expect(scanned({ prompt: withField(name, CARD) }).found).toEqual([
        `CARD_NUMBER_STORED generations.prompt.${name} 1`,
      ]);
    },
  );

  test.each([
    'mara@example.org',
    'a.b',
    '65f0c0ffee0000000000abcd',
    '+49 170 1234567',
    '',
    'x'.repeat(100),
    'a\u0000b',
    '<b>',
  ])('that may come from people are not shown (%#)', (name) => {
    const { found } = scanned(withField(name, 'x'));
    expect(found).toContain('FIELD_UNLISTED generations.* 1');
    expect(found.filter((each) => name !== '' && each.includes(name))).toEqual([]);
  });

  test('as many as ten thousand in a record take bounded room, are all looked into, and it is said', () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => [
      `name${index % 10}x${index}`,
      { note: index === 9_999 ? CARD : 'x' },
    ]);
    const { found, places } = scanned(Object.fromEntries(entries));
    expect(places).toBeLessThan(100);
    expect(found).toContain('CARD_NUMBER_STORED generations.*.note 1');
    expect(found).toContain('PLACES_UNTOLD generations 0');
  });

  test('that differ from record to record and in depth take bounded room too', () => {
    const records = Array.from({ length: 2_000 }, (_, index) => ({
      [`a${index % 60}`]: { [`b${index % 59}`]: { [`c${index % 61}`]: index } },
    }));
    expect(scanned(...records).places).toBeLessThanOrEqual(5_000);
  });
});

describe('records made to hide', () => {
  const nested = (levels: number, value: unknown): unknown => (levels === 0 ? value : { d: nested(levels - 1, value) });

  test('200 levels are looked through, and what lies deeper is said', () => {
    expect(scanned({ prompt: nested(150, CARD) }).found[0]).toMatch(/^CARD_NUMBER_STORED generations\.prompt(\.d)+ 1$/);
    expect(scanned({ prompt: nested(250, CARD) }).found).toEqual(['PLACES_UNTOLD generations (deep) 0']);
  });

  test('an object that passes itself off as a number or a date is an object', () => {
    for (const disguise of ['Long', 'ObjectId', 'Binary', 'MinKey', 'nonsense']) {
      expect(scanned({ prompt: { _bsontype: disguise, note: CARD } }).found).toEqual([
        'CARD_NUMBER_STORED generations.prompt.note 1',
      ]);
    }
    expect(scanned({ prompt: { getTime: 'x', exec: 'y', note: CARD } }).found).toEqual([
      'CARD_NUMBER_STORED generations.prompt.note 1',
    ]);
  });

  test('a record is counted once, however often something stands in it', () => {
    const records = [{ prompt: [CARD, CARD], note: [1, 2] }, { prompt: `${CARD} and ${CARD}` }, { note: [3] }];
    expect(scanned(...records).found.sort()).toEqual([
      'CARD_NUMBER_STORED generations.prompt 1',
      'CARD_NUMBER_STORED generations.prompt[] 1',
      'FIELD_UNLISTED generations.note[] 2',
    ]);
  });
});
