import { describe, expect, test } from '@jest/globals';
import { type PersonalValue, personalMarks } from '../../../packages/core/src/kernel/egress/personalMarks.ts';
import { personalSpans, type Sought, withoutSpans } from '../../../packages/core/src/kernel/egress/personalSpans.ts';

const values: PersonalValue[] = [
  { path: 'users.email', category: 'account.contact', value: 'mara.keller@example.org' },
  { path: 'users.name', category: 'account.profile', value: 'Mara Jürgensen' },
  { path: 'users.avatar', category: 'account.profile', value: 'avatars/65f0.png' },
  { path: 'subject', category: 'account.identifier', value: '65f0c0ffee65f0c0ffee65f0' },
  { path: 'users.country', category: 'account.residence', value: 'DE' },
  { path: 'users.birthYear', category: 'account.age', value: 1990 },
  { path: 'users.phone', category: 'account.contact', value: '+49 170 1234567' },
  { path: 'payments.invoiceNumber', category: 'payment.record', value: 'INV-2026-0042' },
  { path: 'payments.amount', category: 'payment.record', value: 1900 },
  { path: 'payments.currency', category: 'payment.record', value: 'EUR' },
  { path: 'payments.last4', category: 'payment.last-digits', value: '4242' },
];

const soughtOf = (of: readonly PersonalValue[], allowed: readonly PersonalValue[] = []): Sought => ({
  marks: personalMarks(of),
  allowed: personalMarks(allowed),
  finder: () => [],
});

function clean(text: string, of = values): string {
  return withoutSpans(text, personalSpans(text, soughtOf(of)));
}

const b64 = (text: string): string => Buffer.from(text).toString('base64');
const hex4 = (text: string): string =>
  text.replaceAll(/./gs, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

describe('a value of the account is found', () => {
  test.each([
    ['in clear', 'to mara.keller@example.org please', 'to [removed] please'],
    ['in capitals', 'MARA.KELLER@EXAMPLE.ORG', '[removed]'],
    ['in wide letters', 'ｍａｒａ.keller@example.org!', '[removed]!'],
    ['with characters of no width in it', 'ma\u200bra.kel\u00adler@example.org', '[removed]'],
    ['percent-encoded', 'https://x.test/a?m=mara.keller%40example.org&b=1', 'https://x.test/a?m=[removed]&b=1'],
    ['percent-encoded twice', 'mara.keller%2540example.org', '[removed]'],
    [
      'with every character percent-encoded',
      `x ${[...Buffer.from('mara.keller@example.org')].map((b) => `%${b.toString(16)}`).join('')} y`,
      'x [removed] y',
    ],
    ['as HTML entities', 'mara.keller&#64;example&period;org', '[removed]'],
    ['as hexadecimal entities', 'mara.keller&#x40;example.org', '[removed]'],
    ['as entities with zeros before them', 'mara.keller&#x00000040;example&#0000000046;org', '[removed]'],
    ['in escapes of JSON', `say ${hex4('mara.keller@example.org')}`, 'say [removed]'],
    [
      'in JSON within JSON',
      JSON.stringify(JSON.stringify({ to: ['mara.keller@example.org'] })),
      '"{\\"to\\":[\\"[removed]\\"]}"',
    ],
    ['as a key of JSON', '{"mara.keller@example.org": 1}', '{"[removed]": 1}'],
    ['in base64', `see ${b64('from mara.keller@example.org, hello')} there`, 'see [removed] there'],
    [
      'in base64url without padding',
      `t=${Buffer.from('>>> mara.keller@example.org ???').toString('base64url')}`,
      't=[removed]',
    ],
    ['in base64 that begins inside a path', `/files/x${b64('mara.keller@example.org')}`, '[removed]'],
    [
      'in base64 broken into lines',
      `${b64(`mara.keller@example.org ${'x'.repeat(80)}`).replaceAll(/.{20}/g, '$&\r\n')}`,
      '[removed]\r\n',
    ],
    [
      'in base64 right behind the padding of another',
      `${b64('nobody at all')}${b64('mara.keller@example.org')}`,
      `${b64('nobody at all')}[removed]`,
    ],
    [
      'in base64 of letters in two bytes',
      Buffer.from('mara.keller@example.org', 'utf16le').toString('base64'),
      '[removed]',
    ],
    ['in base64 of base64', b64(b64('mara.keller@example.org')), '[removed]'],
    [
      'in base64 of JSON with escapes',
      b64(JSON.stringify({ m: 'x' }).replace('x', hex4('mara.keller@example.org'))),
      '[removed]',
    ],
    [
      'in a data URL',
      `data:text/plain;base64,${b64('I am mara.keller@example.org')}`,
      'data:text/plain;base64,[removed]',
    ],
    ['its key in a file name', 'upload_65f0c0ffee65f0c0ffee65f0_3.png', 'upload_[removed]_3.png'],
    ['its avatar in an address', 'https://cdn.test/avatars/65f0.png?x=1', 'https://cdn.test/[removed]?x=1'],
    ['a telephone number however it is written', 'call +49 (170) 123-45 67 now', 'call +[removed] now'],
    ['an order', '{"order":"inv-2026-0042"}', '{"order":"[removed]"}'],
    ['the last digits of a card, alone', 'card 4242, 14242 cats', 'card [removed], 14242 cats'],
  ])('%s', (_how, text, left) => {
    expect(clean(text)).toBe(left);
  });
});

describe('a name is found', () => {
  test.each([
    ['whole', 'portrait of Mara Jürgensen in oil', 'portrait of [removed] in oil'],
    ['without its accents', 'Mara Jurgensen', '[removed]'],
    ['as it is typed without umlauts', 'MARA JUERGENSEN', '[removed]'],
    ['family name first', 'Jürgensen, Mara', '[removed]'],
    ['in a file name', 'mara_jurgensen-holiday.mp4', '[removed]-holiday.mp4'],
    ['written in one', 'MaraJürgensen.jpg', '[removed].jpg'],
    ['one word of it', "Mara's garden, by Jürgensen", "[removed]'s garden, by [removed]"],
    ['in composed and decomposed letters alike', 'Ju\u0308rgensen', '[removed]'],
    ['with entities', 'J&uuml;rgensen', '[removed]'],
  ])('%s', (_how, text, left) => {
    expect(clean(text)).toBe(left);
  });

  test('but not inside another word', () => {
    expect(clean('a marathon in Samara')).toBe('a marathon in Samara');
  });

  test('and short names do not tear a prompt: only the whole name counts, or where it is all there is', () => {
    const short = [{ path: 'users.name', category: 'account.profile', value: 'Al May' }];
    expect(clean('al dente pasta may also be fine in May', short)).toBe('al dente pasta may also be fine in May');
    expect(clean('a portrait of Al May as a king', short)).toBe('a portrait of [removed] as a king');
    expect(clean('May', [{ path: 'users.name', category: 'account.profile', value: 'May' }])).toBe('[removed]');
  });

  test('and one that is too long to be written in other ways is looked for as it is, in time', () => {
    const long = 'Mara von '.repeat(100_000).trim();
    const of: PersonalValue[] = [{ path: 'users.name', category: 'account.profile', value: long }];
    expect(clean(`by ${long.toUpperCase()}.`, of)).toBe('by [removed].');
    expect(clean('Mara von nirgends', of)).toBe('Mara von nirgends');
  });

  test('in scripts that have no capitals, from two characters on', () => {
    expect(clean('画一张王小明的肖像', [{ path: 'users.name', category: 'account.profile', value: '王小明' }])).toBe(
      '画一张[removed]的肖像',
    );
  });
});

describe('what is not the person stays', () => {
  test.each([
    'in DE, for 1900 EUR, in the year 1990',
    'somebody-else@example.org and 65f0c0ffee65f0c0ffee65f1',
    `a picture ${b64('nothing of anybody in here, only a long text')}`,
    'https://example.org/a%20b?c=%F0%9F%90%88&amp;d=%zz%',
    '\\u12 &unknown; &#0; \\x4 %e4 %',
    '',
  ])('%j', (text) => {
    expect(clean(text)).toBe(text);
  });

  test('a person without values loses nothing', () => {
    expect(clean('mara.keller@example.org', [])).toBe('mara.keller@example.org');
  });
});

test('a name inside an address that may leave leaves with it, and nowhere else', () => {
  const [address, ...others] = values;
  const text = 'mara.keller@example.org for Mara Jürgensen';
  const spans = personalSpans(text, soughtOf(others, address ? [address] : []));
  expect(withoutSpans(text, spans)).toBe('mara.keller@example.org for [removed]');
});

test('a text of a megabyte is searched for a thousand values in linear time', () => {
  const many = Array.from({ length: 1000 }, (_, n) => ({
    path: 'payments._id',
    category: 'account.identifier',
    value: `ref-${n}-0a1b2c3d`,
  }));
  const sought = soughtOf([...values, ...many]);
  const text = 'The quick brown fox, rendered 4 times in oil; '.repeat(22_000);
  const spans = personalSpans(`${text}ref-999-0a1b2c3d`, sought);
  expect(spans).toEqual([{ start: text.length, end: text.length + 16, path: 'payments._id' }]);
});

test.each([
  ['one run of base64', 'QUJD'.repeat(500_000)],
  ['nothing but escapes', '%6d%C3%BC\\u006d&#65;'.repeat(60_000)],
  ['letters with accents', 'ü'.repeat(1_000_000)],
  ['short lines of letters', 'abcdefgh\n'.repeat(200_000)],
  ['the name over and over', 'Mara Jürgensen '.repeat(60_000)],
])('a text that is %s is searched to its end', (_what, text) => {
  const spans = personalSpans(`${text} INV-2026-0042`, soughtOf(values));
  expect(spans.at(-1)).toMatchObject({ end: text.length + 14 });
});
