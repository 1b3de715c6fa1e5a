import { BRANDS, brokenNumber, cardNumber, type Draw, grouped, inFours, SEPARATORS } from './cardCorpus.ts';

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const letters = (alphabet: string, length: number, draw: Draw): string =>
  Array.from({ length }, () => alphabet[draw(alphabet.length)]).join('');
const pad = (value: number, length: number): string => String(value).padStart(length, '0');

/** A valid number of any brand: what makes a look-alike of what it is put into. */
export function anyCard(draw: Draw, lengths?: readonly number[]): string {
  for (;;) {
    const [, prefixes, known] = BRANDS[draw(BRANDS.length)] as (typeof BRANDS)[number];
    const fitting = known.filter((length) => lengths?.includes(length) ?? true);
    if (fitting.length > 0)
      return cardNumber(prefixes[draw(prefixes.length)] ?? '', fitting[draw(fitting.length)] ?? 16, draw);
  }
}

function uuidOf(hex: string): string {
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}

/** A valid card in the middle of letters `a` to `f` and digits. */
function hexAround(length: number, draw: Draw, card: string = anyCard(draw, [12, 13, 14, 15, 16])): string {
  const left = 1 + draw(Math.max(1, length - card.length - 2));
  const letter = (): string => letters('abcdef', 1, draw);
  const head = letters(HEX, left - 1, draw) + letter();
  return head + card + letter() + letters(HEX, length - card.length - left - 1, draw);
}

function iban(draw: Draw): string {
  const [country, shape] = [
    ['DE', 'nnnnnnnnnnnnnnnnnn'],
    ['GB', 'AAAAnnnnnnnnnnnnnn'],
    ['FR', 'nnnnnnnnnnnnnnnnnnnnnnn'],
    ['NL', 'AAAAnnnnnnnnnn'],
    ['BE', 'nnnnnnnnnnnn'],
    ['AT', 'nnnnnnnnnnnnnnnn'],
    ['DK', 'nnnnnnnnnnnnnn'],
    ['ES', 'nnnnnnnnnnnnnnnnnnnn'],
  ][draw(8)] as [string, string];
  const body = [...shape].map((kind) => (kind === 'A' ? letters('ABCDEFGHIJ', 1, draw) : draw(10))).join('');
  const numbers = [...`${body}${country}00`].map((sign) => Number.parseInt(sign, 36)).join('');
  return `${country}${pad(98 - Number(BigInt(numbers) % 97n), 2)}${body}`;
}

function article(draw: Draw): string {
  const body = anyCard(draw, [13]).slice(0, 12);
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return body + ((10 - (sum % 10)) % 10);
}

/** What has the digits, often the checksum and the first digits of a card, and is none. */
export const LOOK_ALIKES: Readonly<Record<string, (draw: Draw) => string>> = {
  'a number that fails the checksum': (draw) => brokenNumber(anyCard(draw), draw),
  'a number that fails the checksum, in groups': (draw) => {
    const separator = SEPARATORS[draw(SEPARATORS.length)] ?? ' ';
    return `my card is ${grouped(brokenNumber(anyCard(draw, [12, 13, 14, 15, 16]), draw), separator)}, thanks`;
  },
  'a number of no brand': (draw) => {
    const body = ['0', '7', '99', '23', '28', '8', '33', '1000'][draw(8)] + letters('0123456789', 14, draw);
    return cardNumber(body.slice(0, 4).replace(/^81|^82|^86|^33|^(23|28)/, '77'), 16, draw);
  },
  UUID: (draw) => uuidOf(letters(HEX, 32, draw)),
  'UUID of digits': (draw) => uuidOf(anyCard(draw, [16]) + anyCard(draw, [16])),
  'UUID with a card in it': (draw) => uuidOf(hexAround(32, draw)),
  'UUID that ends in a card': (draw) => uuidOf(letters(HEX, 20, draw) + anyCard(draw, [12])),
  'UUID in a path': (draw) => `/v1/videos/${uuidOf(letters(HEX, 20, draw) + anyCard(draw, [12]))}/frames`,
  ObjectId: (draw) => hexAround(24, draw),
  'ObjectId of digits': (draw) => `ObjectId("${anyCard(draw, [16])}${letters('0123456789', 8, draw)}")`,
  'digest MD5': (draw) => hexAround(32, draw),
  'digest SHA-1': (draw) => hexAround(40, draw),
  'digest SHA-256': (draw) => `sha256:${hexAround(64, draw)}`,
  'digest in capitals': (draw) => hexAround(40, draw).toUpperCase(),
  'digest with a card at its end': (draw) => `${letters(HEX, 23, draw)}f${anyCard(draw, [16])}`,
  commit: (draw) => `commit ${hexAround(40, draw)}\nMerge: ${letters(HEX, 7, draw)} ${letters(HEX, 7, draw)}`,
  'trace id': (draw) => `00-${hexAround(32, draw)}-${letters(HEX, 15, draw)}a-01`,
  'hex number': (draw) => `0x${anyCard(draw, [16])}`,
  base64: (draw) => Buffer.from(letters(HEX, 40 + draw(200), draw)).toString('base64'),
  'base64 with a card in it': (draw) =>
    letters(BASE64, 24, draw).replace(/[+/]/g, 'Z') +
    `bQ${anyCard(draw, [16])}Qx` +
    letters(BASE64, 24, draw).replace(/[+/]/g, 'y'),
  'epoch seconds': (draw) => `${1_600_000_000 + draw(400_000_000)}`,
  'epoch milliseconds': (draw) => `${1_600_000_000_000 + draw(400_000_000) * 1000 + draw(1000)}`,
  'epoch microseconds': (draw) => `${1_600_000_000 + draw(400_000_000)}${pad(draw(1_000_000), 6)}`,
  'epoch nanoseconds': (draw) => `${1_600_000_000 + draw(400_000_000)}${pad(draw(1_000_000_000), 9)}`,
  'epoch seconds with a fraction': (draw) => `${1_600_000_000 + draw(400_000_000)}.${pad(draw(1_000_000), 6)}`,
  'ISO timestamp': (draw) => timestamp(draw, '-', 'T', ':'),
  'compact timestamp': (draw) => timestamp(draw, '', '', ''),
  'timestamp with dashes': (draw) => timestamp(draw, '-', '-', '-'),
  'timestamp with underscores': (draw) => timestamp(draw, '', '_', ''),
  'log of timestamps': (draw) =>
    Array.from({ length: 6 }, () => `${1_700_000_000_000 + draw(1e9)} GET /v1 took ${draw(900) + 100}`).join('\n'),
  'log of statuses': (draw) =>
    Array.from({ length: 6 }, () => `${1_700_000_000_000 + draw(1e9)} ${400 + draw(200)}`).join('\n'),
  'order id': (draw) => `ORD-2024-${pad(draw(1e9), 12)}`,
  'order id with a card in it': (draw) => `ORD-${anyCard(draw, [16])}`,
  'order id with a year and a card in it': (draw) => `INV-2026-${anyCard(draw, [12])}`,
  'order id in JSON': (draw) => JSON.stringify({ orderId: anyCard(draw, [16]) }),
  'list of order numbers': (draw) => Array.from({ length: 8 }, () => anyCard(draw, [16]).slice(0, 8)).join('\n'),
  'IP address': (draw) => Array.from({ length: 4 }, () => draw(256)).join('.'),
  'IP addresses': (draw) =>
    Array.from({ length: 3 }, () => `${50 + draw(20)}.${100 + draw(156)}.${100 + draw(156)}.${100 + draw(156)}`).join(
      '\n',
    ),
  'IPv6 address': (draw) => `${(anyCard(draw, [16]) + anyCard(draw, [16])).match(/.{4}/g)?.join(':')}`,
  'phone with plus': (draw) => `+${anyCard(draw, [12, 13, 14, 15])}`,
  'phone with plus and spaces': (draw) =>
    `call +${['49', '1', '44', '356'][draw(4)]} ${inFours(anyCard(draw, [12]), ' ')} please`,
  'phone with zeros': (draw) => `0049${anyCard(draw, [12]).slice(0, 11)}`,
  'phone with zeros and spaces': (draw) => `0049 ${inFours(anyCard(draw, [12]), ' ')}`,
  'phone with brackets': (draw) => `(${200 + draw(700)}) ${pad(draw(1000), 3)}-${pad(draw(10_000), 4)}`,
  'phone with brackets abroad': (draw) => `+49 (0) ${inFours(anyCard(draw, [12]), ' ')}`,
  'phone field': (draw) => JSON.stringify({ phone: anyCard(draw, [12]) }),
  IBAN: iban,
  'IBAN in groups': (draw) => inFours(iban(draw), ' '),
  'IBAN in text': (draw) => `please pay to ${inFours(iban(draw), ' ')} until Friday`,
  ISBN: (draw) => `ISBN 978-${draw(10)}-${pad(draw(1e4), 4)}-${pad(draw(1e4), 4)}-${draw(10)}`,
  EAN: (draw) => `EAN ${article(draw)}`,
  'EAN field': (draw) => JSON.stringify({ ean: article(draw) }),
  coordinates: (draw) => `${draw(90)}.${anyCard(draw, [14, 15, 16])},-${draw(180)}.${anyCard(draw, [14, 15, 16])}`,
  fraction: (draw) => `0.${anyCard(draw, [15, 16])}`,
  'float of one': (draw) => `${anyCard(draw, [16]).replace(/^(.)/, '$1.')}`,
  amount: (draw) =>
    `${anyCard(draw, [12]).match(/.{3}/g)?.join('.')} VND, or ${anyCard(draw, [12]).match(/.{3}/g)?.join(',')}`,
  'long run of digits': (draw) => anyCard(draw, [16]) + letters('0123456789', 4 + draw(60), draw),
  'table of fours': (draw) => Array.from({ length: 40 }, () => 1000 + draw(9000)).join(' '),
  'truncated card': (draw) => anyCard(draw, [16]).replace(/^(.{6}).{6}/, '$1******'),
  'prices and counts': (draw) =>
    `${draw(900)} clips of ${draw(60)} s at ${draw(99)}.${pad(draw(100), 2)} USD, ${draw(9999)} credits`,
};

function timestamp(draw: Draw, dates: string, between: string, times: string): string {
  const date = [2020 + draw(9), pad(1 + draw(12), 2), pad(1 + draw(28), 2)].join(dates);
  return date + between + [pad(draw(24), 2), pad(draw(60), 2), pad(draw(60), 2)].join(times) + pad(draw(1000), 3);
}
