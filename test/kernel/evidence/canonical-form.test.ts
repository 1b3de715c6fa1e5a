import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from '../../../packages/core/src/kernel/evidence/canonical.ts';

describe('the canonical form is that of RFC 8785', () => {
  test('its worked example (3.2.2)', () => {
    const example = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonical(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test('its example of sorting (3.2.3): by UTF-16 code units, not by code points', () => {
    const keys = {
      '\u20ac': 'Euro',
      '\r': 'Return',
      '\ufb33': 'Dagesh',
      '1': 'One',
      '\u{1f600}': 'Smiley',
      '\u0080': 'Control',
      '\u00f6': 'Umlaut',
    };
    expect(Object.values(JSON.parse(canonical(keys)))).toHaveLength(7);
    expect([...canonical(keys).matchAll(/:"(\w+)"/g)].map((match) => match[1])).toEqual([
      ...['Return', 'One', 'Control', 'Umlaut', 'Euro', 'Smiley', 'Dagesh'],
    ]);
  });

  test.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [999999999999999700000, '999999999999999700000'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
    [333333333.3333332, '333333333.3333332'],
    [-0.0000033333333333333333, '-0.0000033333333333333333'],
    [1424953923781206.2, '1424953923781206.2'],
  ])('its numbers (appendix B): %d is %s', (number, text) => expect(canonical(number)).toBe(text));

  test('whatever it writes reads back as the same value and is written the same again', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = canonical(value);
        expect(canonical(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('the order in which keys were set does not show', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonical(turned)).toBe(canonical(value));
      }),
    );
  });
});

describe('what JSON would drop or change in silence is refused, naming the place and not the value', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  test.each([
    ['undefined', undefined],
    ['not a number', Number.NaN],
    ['an infinity', Number.NEGATIVE_INFINITY],
    ['half a character', 'a\ud83d'],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a class instance', new (class Secret {})()],
    ['a function', () => 1],
    ['a big integer', 1n],
    ['a symbol', Symbol('secret')],
    ['a circle', cyclic],
    ['a hole', new Array(1)],
  ])('%s', (_, value) => {
    expect(() => canonical({ person: [value] })).toThrow(
      expect.objectContaining({ code: 'CANONICAL_INVALID', place: expect.stringContaining('$.person[0]') }),
    );
  });

  test('half a character in a key', () => {
    expect(() => canonical({ '\udc00': 1 })).toThrow(expect.objectContaining({ code: 'CANONICAL_INVALID' }));
  });
});
