import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cardNumberIn } from '../../../packages/core/src/kernel/sensitive/cardNumberIn.ts';
import { cardNumbersIn, holdsCardNumber } from '../../../packages/core/src/kernel/sensitive/cardNumbersIn.ts';
import {
  BRANDS,
  cardNumber,
  cardNumbers,
  draws,
  grouped,
  SEPARATORS,
  SURROUNDINGS,
  written,
} from '../../support/cardCorpus.ts';
import { anyCard, LOOK_ALIKES } from '../../support/cardLookAlikes.ts';

/** What is found, without the separators. */
const found = (text: string): string[] =>
  cardNumbersIn(text).map(({ start, end }) => text.slice(start, end).replace(/\D/g, ''));

/** A number of each brand and length. */
const oneOfEach = (seed: number): string[] => {
  const draw = draws(seed);
  return BRANDS.flatMap(([, prefixes, lengths]) =>
    lengths.map((length) => cardNumber(prefixes[draw(prefixes.length)] ?? '', length, draw)),
  );
};

describe('a planted card number is found', () => {
  test.each(BRANDS)(
    '%s: bare, in groups by every separator, with a line broken at every place',
    (brand, prefixes, lengths) => {
      const draw = draws(1);
      const missed: string[] = [];
      for (const prefix of prefixes) {
        for (const length of lengths) {
          for (const text of written(cardNumber(prefix, length, draw))) if (!holdsCardNumber(text)) missed.push(text);
        }
      }
      expect([brand, missed]).toEqual([brand, []]);
    },
  );

  test.each(SURROUNDINGS.map((put) => [put('4111 1111 1111 1111').slice(0, 60), put] as const))('in %j', (_, put) => {
    const missed: string[] = [];
    for (const number of oneOfEach(2)) {
      for (const text of written(number)) if (!holdsCardNumber(put(text))) missed.push(put(text));
    }
    expect(missed).toEqual([]);
  });

  test('where URLs and JSON escape what people typed, once and twice', () => {
    const missed: string[] = [];
    for (const { number } of cardNumbers(1, draws(3))) {
      for (const separator of SEPARATORS.filter((each) => !/[&<=]/.test(each))) {
        const card = grouped(number, separator);
        const json = JSON.stringify({ note: JSON.stringify(card) });
        const url = `https://shop.example/?q=${encodeURIComponent(card)}&back=${encodeURIComponent(`/?q=${encodeURIComponent(card)}`)}`;
        for (const text of [json, url, url.slice(url.indexOf('&'))]) if (!holdsCardNumber(text)) missed.push(text);
      }
    }
    expect(missed).toEqual([]);
  });

  test('with its brand and exactly its place', () => {
    const at = (text: string): unknown => cardNumbersIn(text).map((hit) => [text.slice(hit.start, hit.end), hit.brand]);
    expect(at('12 4111 1111 1111 1111 12/28 123')).toEqual([['4111 1111 1111 1111', 'visa']]);
    expect(at('amex 3782-822463-10005, or 5555555555554444')).toEqual([
      ['3782-822463-10005', 'amex'],
      ['5555555555554444', 'mastercard'],
    ]);
    expect(at('full ４１１１ １１１１ １１１１ １１１１ width')).toEqual([
      ['４１１１ １１１１ １１１１ １１１１', 'visa'],
    ]);
  });

  test('each one of a list, however long', () => {
    const draw = draws(4);
    const cards = Array.from({ length: 500 }, () => cardNumber('4', 16, draw));
    for (const list of [
      cards.join('\n'),
      cards.map((card) => grouped(card, ' ')).join('\n'),
      cards.map((card) => grouped(card, '-')).join(' '),
    ])
      expect(found(list)).toEqual(cards);
  });

  test('with marks that differ from one gap to the next', () => {
    for (const text of ['4242-4242 4242 4242', '4242 4242-4242-4242', '3782 822463-10005', '4242.4242 4242\n4242'])
      expect([text, holdsCardNumber(text)]).toEqual([text, true]);
  });

  test('with single digits apart, and in groups that only a word explains', () => {
    expect(found('4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1')).toEqual(['4111111111111111']);
    expect(found('41-11-11-11-11-11-11-11')).toEqual(['4111111111111111']);
    expect(found('card 41111-111-11111-111')).toEqual(['4111111111111111']);
    expect(found('part 41111-111-11111-111')).toEqual([]);
  });

  test('at any place of any text', () => {
    const number = fc.nat().map((seed) => anyCard(draws(seed)));
    const words = fc.array(fc.constantFrom('the ', 'video ', 'naïve ', '语', '\n\n', '"', 'x', ', ', '{', '('), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(words, number, fc.constantFrom(...SEPARATORS), words, (before, card, separator, after) => {
        expect(found(`${before.join('')}${grouped(card, separator)}${after.join('')}`)).not.toEqual([]);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});

describe('a look-alike is not', () => {
  test.each(Object.entries(LOOK_ALIKES))('%s', (_, make) => {
    const draw = draws(6);
    const texts = Array.from({ length: 3000 }, () => make(draw));
    expect(texts.filter(holdsCardNumber)).toEqual([]);
  });

  test('most of them would be by first digits, length and checksum alone', () => {
    const draw = draws(7);
    const naive = (text: string): boolean =>
      (text.match(/\d{12,19}/g) ?? []).some((run) => holdsCardNumber(`(${run})`));
    for (const name of [
      'UUID that ends in a card',
      'digest SHA-256',
      'ObjectId',
      'order id with a card in it',
      'fraction',
    ]) {
      const texts = Array.from({ length: 500 }, () => LOOK_ALIKES[name]?.(draw) ?? '');
      expect([name, texts.filter(naive).length > 450]).toEqual([name, true]);
    }
  });

  test('one digit changed, the checksum no longer fits', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 15 }), fc.integer({ min: 1, max: 9 }), (seed, at, by) => {
        const card = cardNumber('5', 16, draws(seed)).replace(/^5./, '54');
        const digit = (Number(card[at]) + by) % 10;
        const changed = card.slice(0, at) + digit + card.slice(at + 1);
        fc.pre(holdsCardNumber(card));
        expect(holdsCardNumber(changed)).toBe(false);
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});

describe('single values', () => {
  const bson = (kind: string, text: string): object => ({ _bsontype: kind, toString: () => text });

  test.each([
    ['a number', 4111111111111111],
    ['a bigint', 4111111111111111n],
    ['a text', 'x 4111-1111-1111-1111'],
    ['a Long', bson('Long', '4111111111111111')],
    ['a Decimal128', bson('Decimal128', '4111111111111111')],
    ['a Decimal128 with an exponent', bson('Decimal128', '4.111111111111111E+15')],
    ['a Double', bson('Double', '4111111111111111')],
  ])('%s that is a card number', (_, value) => {
    expect(cardNumberIn(value)?.brand).toBe('visa');
  });

  test.each([[null], [undefined], [true], [1.5], [Number.NaN], [1700000000000], [new Date(0)], [{ a: 1 }], [[]]])(
    '%p is none',
    (value) => {
      expect(cardNumberIn(value)).toBeUndefined();
    },
  );
});

describe('time grows with the length of the text, whatever is in it', () => {
  /** A text that counts how many of its characters are looked at. */
  class CountedText extends String {
    looks = 0;
    override charCodeAt(at: number): number {
      this.looks += 1;
      return super.charCodeAt(at);
    }
    override slice(from?: number, to?: number): string {
      const part = super.slice(from, to);
      this.looks += part.length;
      return part;
    }
  }
  const looksAt = (text: string): number => {
    const counted = new CountedText(text);
    cardNumbersIn(counted as unknown as string);
    return counted.looks;
  };

  test.each([
    ['4111111111111111'],
    ['4 '],
    ['4444 '],
    ['- '],
    ['\n'],
    ['4%20'],
    ['%20'],
    ['4\\n'],
    ['41111111\n'],
    ['675 '],
    ['4111-'],
    ['a4111111111111111'],
    ['501800000009 '],
    ['4&#0'],
    ['4111 1111 1111 1111 '],
    ['4 1\n'],
    ['1-'],
    ['=\r\n4'],
  ])('%j again and again', (piece) => {
    const once = looksAt(piece.repeat(20_000 / piece.length));
    const twice = looksAt(piece.repeat(40_000 / piece.length));
    expect(twice / once).toBeLessThan(2.2);
    expect(once).toBeLessThan(20_000 * 100);
  });

  test('of ordinary words three characters in four are passed over', () => {
    const words = 'a generated video of the sea at night, saved to the account of its owner; '.repeat(500);
    expect(looksAt(words) / words.length).toBeLessThan(0.3);
  });

  test('50 MB of digits are read to the end', () => {
    expect(cardNumbersIn(`${'4'.repeat(50_000_000)} 4111111111111111`)).toHaveLength(1);
  });
});
