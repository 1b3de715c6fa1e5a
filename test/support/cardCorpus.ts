/** Numbers drawn in an order that never changes. */
export function draws(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // A linear congruence whose low bits are poor, so that the high ones are taken.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export type Draw = ReturnType<typeof draws>;

/** First digits and lengths as the brands publish them. */
export const BRANDS: readonly (readonly [brand: string, prefixes: readonly string[], lengths: readonly number[]])[] = [
  ['visa', ['4', '4026', '4508', '4917'], [13, 16, 19]],
  ['mastercard', ['51', '52', '53', '54', '55', '2221', '2345', '2699', '2720'], [16]],
  ['amex', ['34', '37'], [15]],
  ['diners', ['300', '305', '3095', '36', '38', '39'], [14, 16, 19]],
  ['discover', ['6011', '644', '649', '65'], [16, 19]],
  ['jcb', ['3528', '3530', '3566', '3589'], [16, 17, 18, 19]],
  ['unionpay', ['62', '6212', '8171'], [16, 17, 18, 19]],
  [
    'maestro',
    ['5018', '5020', '5038', '5893', '6304', '6759', '6761', '6762', '6763'],
    [12, 13, 14, 15, 16, 17, 18, 19],
  ],
  ['mir', ['2200', '2202', '2204'], [16, 17, 18, 19]],
  ['rupay', ['508500', '606985', '817200'], [16]],
  ['troy', ['9792'], [16]],
  ['verve', ['506099', '507865', '650002'], [16, 18, 19]],
  ['elo', ['401178', '438935', '506699', '509000', '636297', '627780'], [16]],
  ['hipercard', ['606282', '384100', '637095'], [16]],
  ['dankort', ['5019'], [16]],
  ['uatp', ['1354', '1220'], [15]],
];

/** A number with these first digits, that length and the check digit that fits. */
export function cardNumber(prefix: string, length: number, draw: Draw): string {
  const body = prefix + Array.from({ length: length - 1 - prefix.length }, () => draw(10)).join('');
  return body + checkDigit(body);
}

/** The same number with a check digit that does not fit. */
export function brokenNumber(number: string, draw: Draw): string {
  return number.slice(0, -1) + ((Number(number.at(-1)) + 1 + draw(9)) % 10);
}

export function checkDigit(body: string): number {
  const sum = [...body].reverse().reduce((total, digit, at) => {
    const value = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** Every brand at every length of its, `each` times. */
export function* cardNumbers(each: number, draw: Draw): Generator<{ readonly brand: string; readonly number: string }> {
  for (const [brand, prefixes, lengths] of BRANDS) {
    for (const prefix of prefixes) {
      for (const length of lengths) {
        for (let n = 0; n < each; n += 1) yield { brand, number: cardNumber(prefix, length, draw) };
      }
    }
  }
}

/** What people and programs put between groups. */
export const SEPARATORS: readonly string[] = [
  ' ',
  '  ',
  '-',
  ' - ',
  '.',
  '/',
  '_',
  '\t',
  '\n',
  '\r\n',
  '\u00a0',
  '\u2009',
  '\u202f',
  '\u2007',
  '\u200b',
  '\u2011',
  '\u2013',
  '\\n',
  '\\r\\n',
  '\\t',
  '\\u00a0',
  '%20',
  '%2D',
  '%2d',
  '%C2%A0',
  '%0A',
  '+',
  '&nbsp;',
  '&#160;',
  '&#xA0;',
  '&thinsp;',
  '<br>',
  '=20',
  '=\r\n',
  '\n> ',
  '\n    ',
];

/** Groups of four, and as the brand prints its own. */
export function grouped(number: string, separator: string): string {
  const sizes = { 14: [4, 6, 4], 15: [4, 6, 5] }[number.length];
  return sizes === undefined ? inFours(number, separator) : cut(number, sizes).join(separator);
}

export function inFours(number: string, separator: string): string {
  return (number.match(/.{1,4}/g) ?? []).join(separator);
}

function cut(text: string, sizes: readonly number[]): string[] {
  let at = 0;
  return sizes.map((size) => {
    at += size;
    return text.slice(at - size, at);
  });
}

/** What stands around a number in mails, logs, JSON, URLs and tables. */
export const SURROUNDINGS: readonly ((card: string) => string)[] = [
  (card) => card,
  (card) => `please charge ${card} for it, thanks`,
  (card) => `12 ${card} 12/28 123`,
  (card) => `card${card}`,
  (card) => `${card}x and so on`,
  (card) => `cardNumber${card}expiry`,
  (card) => `{"note":"${card}","n":1}`,
  (card) => `{"note":${JSON.stringify(`my card: ${card}`)}}`,
  (card) => `https://shop.example/pay?q=${card}&page=2`,
  (card) => `https://shop.example/pay?q=my%20card%20${card}%20please`,
  (card) => `q=my%C2%A0card%C2%A0${card}`,
  (card) => `{"note":"my card:\\u00a0${card}\\u00a0"}`,
  (card) => `my card:&#160;${card}&#160;thanks`,
  (card) => `https://shop.example/${card}/receipt`,
  (card) => `“${card}”`,
  (card) => `'${card}'`,
  (card) => `(${card})`,
  (card) => `<td>${card}</td>`,
  (card) => `2026-03-03T08:00:00Z level=info pan=${card} took=12ms`,
  (card) => `1;Ann;${card};2028-12`,
  (card) => `Kreditkarte ${card}.`,
  (card) => `${'a long way before it and '.repeat(30)}${card}${' and a long way after'.repeat(30)}`,
  (card) => `卡号${card}，谢谢`,
];

/** Where lines are broken: in texts, mails, quoted ones too, and in JSON. */
export const BREAKS: readonly string[] = ['\n', '\r\n', '=\r\n', '\n> ', '\\n'];

/** A number as it may stand in a text: bare, in groups by every separator, and with a line broken at every place. */
export function* written(number: string): Generator<string> {
  yield number;
  for (const separator of SEPARATORS) {
    yield grouped(number, separator);
    yield inFours(number, separator);
  }
  for (const written of [number, inFours(number, ' '), inFours(number, '-')]) {
    for (const line of BREAKS) {
      for (let at = 1; at < number.length; at += 1) yield written.slice(0, at) + line + written.slice(at);
    }
  }
}
