import fc from 'fast-check';
import type { PersonalValue } from '../../../packages/core/src/kernel/egress/personalMarks.ts';

/** What must never come out, as the host keeps it. */
export const personal: readonly PersonalValue[] = [
  { path: 'subject', category: 'account.identifier', value: '65f0c0ffee65f0c0ffee65f0' },
  { path: 'users.email', category: 'account.contact', value: 'mara.keller@example.org' },
  { path: 'users.name', category: 'account.profile', value: 'Mara Keller' },
  { path: 'users.providerId', category: 'account.sign-in', value: '108234567890123456789' },
  { path: 'payments.processorRef', category: 'payment.reference', value: 'ch_9fk2Lm31' },
  { path: 'payments.invoiceNumber', category: 'payment.record', value: 'INV-2026-0042' },
];

/** Stands in everything that is not listed. */
export const CANARY = 'CANARY';

type Encoder = (text: string) => string;
const each =
  (form: (code: number) => string): Encoder =>
  (text) =>
    text.replaceAll(/./gs, (c) => form(c.charCodeAt(0)));
const hex = (code: number, width: number): string => code.toString(16).padStart(width, '0');

const encoders: readonly Encoder[] = [
  (text) => encodeURIComponent(text),
  each((code) => `%${hex(code, 2)}`),
  each((code) => `&#${code};`),
  each((code) => `&#x${hex(code, 2)};`),
  each((code) => `\\u${hex(code, 4)}`),
  (text) => JSON.stringify({ inner: [text] }),
  (text) => JSON.stringify(JSON.stringify({ [text]: 1 })),
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(`?> ${text} ~`).toString('base64url'),
  (text) => `data:text/plain;name=${text}.png;base64,${Buffer.from(text).toString('base64')}`,
  (text) => `https://cdn.example/files/${encodeURIComponent(text)}/a.png?owner=${encodeURIComponent(text)}`,
];

const planted = fc
  .tuple(
    fc.constantFrom(...personal.map(({ value }) => String(value))),
    fc.constantFrom<Encoder>(
      (text) => text,
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
    ),
    fc.array(fc.constantFrom(...encoders), { maxLength: 3 }),
  )
  .map(([value, spelt, chain]) => chain.reduce((text, encode) => encode(text), spelt(value)));

const between = fc.constantFrom(' ', '', '/', '\n', '&x=', '%20', ': "', '=');
const junk = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 8 }));

/** Some junk, and in it values of the person in any form. */
const text = fc
  .array(fc.tuple(fc.oneof(junk, planted), between), { maxLength: 4 })
  .map((parts) => parts.flat().join(''));

const exotic = fc.constantFrom<unknown>(
  new Map([[CANARY, CANARY]]),
  new Set([CANARY]),
  () => CANARY,
  Symbol(CANARY),
  10n,
  Buffer.from(CANARY),
  new (class Wish {
    prompt = CANARY;
    toJSON = (): string => CANARY;
  })(),
  Object.defineProperty({}, 'prompt', { enumerable: true, get: () => CANARY }),
  Object.create({ prompt: CANARY, url: CANARY }),
);

const key = fc.oneof(
  planted,
  fc.string({ maxLength: 8 }).map((name) => `${name}!`),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toJSON',
    '$set',
    'options.style',
    'images[]',
    'Prompt',
    'prompt ',
    '[]',
    '0',
  ),
);
const stranger: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text.map((inner) => `${CANARY} ${inner}`),
    exotic,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(key, fc.constantFrom('prompt', 'style', 'url')), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const leaf = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), exotic) },
);
const among = (known: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.record(known, { requiredKeys: [] }), fc.array(fc.tuple(key, stranger), { maxLength: 3 }))
    .map(([listed, others]) => {
      const body: Record<string, unknown> = { ...listed };
      for (const [name, value] of others) {
        if (!(name in known))
          Object.defineProperty(body, name, { value, enumerable: true, configurable: true, writable: true });
      }
      return body;
    });

/** Bodies in which what the list names stands beside everything else. */
export const payload: fc.Arbitrary<unknown> = among({
  prompt: leaf,
  options: fc.oneof(
    among({ style: leaf }),
    stranger.filter((value) => !Array.isArray(value) && !isPlain(value)),
  ),
  images: fc.array(among({ url: leaf }), { maxLength: 3 }),
  tags: fc.array(leaf, { maxLength: 3 }),
});

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
