import { describe, expect, test } from '@jest/globals';
import { holdsCardNumber } from '../../../packages/core/src/kernel/sensitive/cardNumbersIn.ts';
import { truncatedCards } from '../../../packages/core/src/kernel/sensitive/truncatedCards.ts';
import { cardNumber, cardNumbers, draws, grouped, written } from '../../support/cardCorpus.ts';

test.each([
  ['4111111111111111', '411111******1111'],
  ['4111-1111-1111-1111', '411111******1111'],
  ['４１１１ １１１１ １１１１ １１１１', '411111******1111'],
  ['pan=4111%201111%201111%201111&x=1', 'pan=411111******1111&x=1'],
  ['3782 822463 10005', '378282*****0005'],
  ['30569309025904', '305693****5904'],
  ['no card at all, 4111111111111112', 'no card at all, 4111111111111112'],
])('%j becomes %j', (text, truncated) => {
  expect(truncatedCards(text)).toBe(truncated);
});

test('of twelve and thirteen digits only the last four stay, for six and four would leave too few to guess', () => {
  const draw = draws(1);
  const [twelve, thirteen] = [cardNumber('5018', 12, draw), cardNumber('4', 13, draw)];
  expect(truncatedCards(twelve)).toBe(`********${twelve.slice(-4)}`);
  expect(truncatedCards(thirteen)).toBe(`*********${thirteen.slice(-4)}`);
});

test('no text holds a card number afterwards, and no more than ten of its digits', () => {
  for (const { number } of cardNumbers(1, draws(2))) {
    for (const text of written(number)) {
      const truncated = truncatedCards(`about ${text} and no more`);
      expect([text, holdsCardNumber(truncated), truncated.replace(/\D/g, '').length <= 10]).toEqual([
        text,
        false,
        true,
      ]);
    }
  }
});

test('where a card may end earlier, the last four may be its security code and go too', () => {
  const draw = draws(3);
  for (let n = 0; n < 2000; n += 1) {
    const text = `${grouped(cardNumber('4', 16, draw), ' ')} 987`;
    expect([text, /(?<![*\d])98?7|987$/.test(truncatedCards(text))]).toEqual([text, false]);
  }
});

describe('security codes are never kept', () => {
  test.each([
    ['4111 1111 1111 1111 12/28 123', '411111******1111 12/28 [removed]'],
    ['4111 1111 1111 1111 123', '411111******1111 [removed]'],
    ['4111111111111111, exp 12/2028, CVV: 123', '411111******1111, exp 12/2028, CVV: [removed]'],
    ['cvc 1234 for 378282246310005', 'cvc [removed] for 378282*****0005'],
    ['4111111111111111 Prüfziffer 987', '411111******1111 Prüfziffer [removed]'],
  ])('%j becomes %j', (text, truncated) => {
    expect(truncatedCards(text)).toBe(truncated);
  });

  test('where no card is near, numbers stay as they are', () => {
    const far = `cvv 123 ${'and so on '.repeat(20)}`;
    expect(truncatedCards(`${far}${grouped('4111111111111111', ' ')}`)).toContain('cvv 123');
    expect(truncatedCards('the CVV 123 of a test page')).toBe('the CVV 123 of a test page');
  });
});
