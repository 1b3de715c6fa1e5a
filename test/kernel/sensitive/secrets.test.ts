import { describe, expect, test } from '@jest/globals';
import { isHash } from '../../../packages/core/src/kernel/sensitive/isHash.ts';
import { secretsIn } from '../../../packages/core/src/kernel/sensitive/secretsIn.ts';

// Put together here, so that nothing that scans sources takes them for real ones.
const of = (...parts: string[]): string => parts.join('');
const A36 = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
const HEX32 = '0123456789abcdef0123456789abcdef';

const KNOWN: readonly (readonly [kind: string, secret: string])[] = [
  ['stripe-key', of('sk_', 'live_', A36)],
  ['stripe-key', of('rk_', 'test_', A36)],
  ['stripe-webhook-secret', of('whsec_', A36)],
  ['aws-access-key', of('AK', 'IA', 'ABCDEFGHIJKLMNO2')],
  ['github-token', of('gh', 'p_', A36)],
  ['github-token', of('github_', 'pat_', A36)],
  ['slack-token', of('xox', 'b-', '123456789012-', A36)],
  ['google-key', of('AI', 'za', A36.slice(0, 35))],
  ['openai-key', of('sk-', 'proj-', A36)],
  ['openai-key', of('sk', '-', A36)],
  ['fal-key', of('01234567-89ab-cdef-0123-456789abcdef', ':', HEX32)],
  ['private-key', of('-----BEGIN ', 'RSA PRIVATE KEY-----')],
  ['private-key', of('-----BEGIN ', 'PRIVATE KEY-----')],
  ['jwt', of('ey', 'JhbGciOiJIUzI1NiJ9', '.ey', 'JzdWIiOiIxMjM0In0', '.', A36)],
];

describe('a secret in the clear is found', () => {
  test.each(KNOWN)('%s: %s', (kind, secret) => {
    for (const put of [
      (it: string) => it,
      (it: string) => `KEY=${it}\n`,
      (it: string) => `{"key":"${it}"}`,
      (it: string) => `Authorization: Bearer ${it}, please`,
      (it: string) => `https://api.example/v1?key=${it}&x=1`,
    ]) {
      const text = put(secret);
      const start = text.indexOf(secret);
      expect([text, secretsIn(text)]).toEqual([text, [{ start, end: start + secret.length, kind }]]);
    }
  });

  test("the host's own, by how it begins", () => {
    const text = `my keys: sd_live_${A36}, sd_test_${A36.slice(0, 16)}`;
    expect(secretsIn(text, ['sd_live_', 'sd_test_']).map(({ start, kind }) => [start, kind])).toEqual([
      [9, 'own-key'],
      [55, 'own-key'],
    ]);
    expect(secretsIn(text)).toEqual([]);
  });

  test('what it is is not told', () => {
    expect(JSON.stringify(secretsIn(KNOWN.map(([, secret]) => secret).join('\n')))).not.toContain(A36.slice(0, 8));
  });
});

test.each([
  ['the beginning alone', 'sd_live_ is how our keys begin'],
  ['fifteen characters behind it', `sd_live_${A36.slice(0, 15)}`],
  ['the beginning within a word', `task_sd_nothing xsd_live_${A36}`],
  ['a digest', `sha256:${HEX32}${HEX32}`],
  ['a UUID', '01234567-89ab-cdef-0123-456789abcdef'],
  ['a public key', '-----BEGIN PUBLIC KEY-----'],
  ['a sentence', 'the task-management of a disk-based risk-averse desk'],
  ['a pattern in a prefix', 'sdxlive_aaaaaaaaaaaaaaaaaaaaaa'],
])('%s is no secret', (_, text) => {
  expect(secretsIn(text, ['sd_live_', 'sd.live_'])).toEqual([]);
});

test('a word of any length is read', () => {
  const long = 'a'.repeat(5_000_000);
  expect(secretsIn(`${long} eyJ${long}.eyJ${long} sk_live_${A36}`)).toHaveLength(1);
});

describe('a hash', () => {
  const base64 = of('47DEQpj8HBSa', '+/TImW/5JCeuQeRkm5NMpJWZG3hSuFU');
  test.each([
    ['SHA-256 in hex', HEX32 + HEX32],
    ['SHA-512 in hex', HEX32.repeat(4).toUpperCase()],
    ['SHA-256 in hex with its name', `sha256:${HEX32}${HEX32}`],
    ['SHA-256 in base64', `${base64}=`],
    ['SHA-512 in base64', `${'A'.repeat(86)}==`],
    ['SHA-256 with its name', `sha256-${base64}=`],
    ['bcrypt', `$2b$12$${'a'.repeat(53)}`],
    ['argon2', `$argon2id$v=19$m=65536,t=3,p=4$${'c2FsdHNhbHQ'}$${base64}`],
    ['scrypt, PHC', `$scrypt$ln=15,r=8,p=3$c2FsdHNhbHQ$${base64}`],
    ['scrypt, as the example keeps it', `scrypt:c2FsdHNhbHRzYWx0c2E:${base64.replace(/[+/]/g, '_')}`],
    ['PBKDF2, PHC', `$pbkdf2-sha256$i=600000$c2FsdA$${base64}`],
    ['PBKDF2, Django', `pbkdf2_sha256$600000$salt$${base64}=`],
    ['SHA-256 for LDAP', `{SSHA256}${base64}${base64}`],
    ['bare bytes', new Uint8Array(32)],
  ])('%s is one', (_, value) => {
    expect(isHash(value)).toBe(true);
  });

  test.each([
    ['a key in the clear', `sd_live_${A36}`],
    ['a token of 32 random bytes', base64.replace(/[+/]/g, '_')],
    ['a password', 'correct horse battery staple'],
    ['a password that names a hash', 'sha256:password'],
    ['MD5', HEX32],
    ['a UUID', '01234567-89ab-cdef-0123-456789abcdef'],
    ['bcrypt cut short', '$2b$12$abc'],
    ['nothing', ''],
    ['a number', 64],
    ['an object that looks like an operator', { $ne: null }],
    ['bytes of a text', new Uint8Array(20)],
    ['a megabyte of hex', 'a'.repeat(1_000_000)],
  ])('%s is none', (_, value) => {
    expect(isHash(value)).toBe(false);
  });
});
