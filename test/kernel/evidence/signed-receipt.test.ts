import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonical } from '../../../packages/core/src/kernel/evidence/canonical.ts';
import { type ErasureReceipt, receiptFaults } from '../../../packages/core/src/kernel/evidence/receipt.ts';
import { openDocument, sealDocument, signedText } from '../../../packages/core/src/kernel/evidence/signedDocument.ts';
import { newKey, receipt, verifySignature } from './scene.ts';

const ours = newKey('kept-2026');
const theirs = newKey('kept-2026');
const keys = { [ours.keyId]: ours.publicKey };
const file = sealDocument(receipt, ours.keyId, ours.sign);
const open = (text: string | Uint8Array, trusted: Record<string, string> = keys) =>
  openDocument(text, trusted, verifySignature);
const resealed = (change: object) => canonical({ ...JSON.parse(file), ...change });

describe('a signed receipt', () => {
  test('opens with the public key alone, from text and from bytes', () => {
    expect(open(file)).toEqual({ ok: true, document: receipt, keyId: 'kept-2026' });
    expect(open(new TextEncoder().encode(file)).ok).toBe(true);
    expect(open(new TextEncoder().encode(`\ufeff${file}`))).toEqual({ ok: false, why: 'not-json' });
  });

  test.each([
    ['a newline at the end', `${file}\n`, 'not-canonical'],
    ['a space between', file.replace(',', ', '), 'not-canonical'],
    ['a byte order mark', `\ufeff${file}`, 'not-json'],
    ['a member twice', file.replace('{', '{"document":1,'), 'not-canonical'],
    [
      'another order of members',
      JSON.stringify({ signature: JSON.parse(file).signature, document: receipt }),
      'not-canonical',
    ],
    ['an escape where none is needed', file.replace('Sdance', '\\u0053dance'), 'not-canonical'],
    ['a member beside the signed ones', resealed({ note: 'unsigned' }), 'not-signed'],
    [
      'a member inside the signature',
      resealed({ signature: { ...JSON.parse(file).signature, at: '2026' } }),
      'not-signed',
    ],
    ['no signature', canonical({ document: receipt }), 'not-signed'],
    ['another algorithm', file.replace('Ed25519', 'none'), 'not-signed'],
    ['no document but a list', '[]', 'not-signed'],
    ['nothing', '', 'not-json'],
    ['half of it', file.slice(0, -20), 'not-json'],
  ])('with %#: %s is refused', (_, text, why) => expect(open(text)).toEqual({ ok: false, why }));

  test('nested without end is refused, not crashed on', () => {
    expect(open(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toEqual({ ok: false, why: 'not-canonical' });
  });

  test('by somebody unknown is refused, whatever the name of their key', () => {
    expect(open(file, {})).toEqual({ ok: false, why: 'unknown-signer' });
    const named = sealDocument(receipt, 'toString', theirs.sign);
    expect(open(named)).toEqual({ ok: false, why: 'unknown-signer' });
  });

  test('by another key under our key id is refused', () => {
    expect(open(sealDocument(receipt, ours.keyId, theirs.sign))).toEqual({ ok: false, why: 'bad-signature' });
  });

  test('moved to another key id of ours is refused', () => {
    const moved = file.replace('"keyId":"kept-2026"', '"keyId":"kept-2027"');
    expect(open(moved, { ...keys, 'kept-2027': ours.publicKey })).toEqual({ ok: false, why: 'bad-signature' });
  });

  test('with a key that cannot be read is refused, not crashed on', () => {
    expect(open(file, { 'kept-2026': 'no key' })).toEqual({ ok: false, why: 'bad-signature' });
  });

  test('has one spelling only: the unused bits of its signature cannot be set', () => {
    const { value } = JSON.parse(file).signature as { value: string };
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const twin = `${value.slice(0, -1)}${alphabet[alphabet.indexOf(value.at(-1) ?? '') + 1]}`;
    expect(Buffer.from(twin, 'base64url')).toEqual(Buffer.from(value, 'base64url'));
    expect(open(file.replace(value, twin))).toEqual({ ok: false, why: 'bad-signature' });
  });

  test('says first what it is for, so that no other signature of the key can be passed off as one', () => {
    expect(signedText({ a: 1 }, 'k')).toBe('kept-signed/1 Ed25519 k\n{"a":1}');
  });

  test('shows any single changed, added or removed byte', () => {
    const bytes = new TextEncoder().encode(file);
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 0, max: 255 }),
        fc.constantFrom(0, 1, 2),
        (at, byte, how) => {
          fc.pre(how !== 0 || bytes[at] !== byte);
          const changed = [...bytes];
          if (how === 0) changed[at] = byte;
          if (how === 1) changed.splice(at, 0, byte);
          if (how === 2) changed.splice(at, 1);
          expect(open(Uint8Array.from(changed)).ok).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a receipt as a statement', () => {
  const [erased, detached] = receipt.lines as [ErasureReceipt['lines'][0], ErasureReceipt['lines'][0]];
  const with_ = (line: object): ErasureReceipt => ({ ...receipt, lines: [{ ...erased, ...line }, detached] });

  /** As receipts are signed since they tell what was looked at. */
  const looked = (line: object): ErasureReceipt => ({
    ...receipt,
    lines: [line as typeof erased],
    residue: { ...receipt.residue, looked: ['users'], notLooked: [] },
  });

  test('is sound when its counts add up and what stays has its ground', () =>
    expect(receiptFaults(receipt)).toEqual([]));

  test.each([
    ['counts that do not add up', with_({ done: 11 })],
    ['a count below zero', with_({ done: 13, left: -1 })],
    ['something kept without a ground', with_({ action: 'keep', done: 0, left: 12 })],
    ['something kept, yet done', with_({ action: 'keep', ground: { article: 'a', text: 't' } })],
    ['more files done than found', with_({ files: { found: 1, done: 2 } })],
    ['residue passed over in silence', { ...receipt, notClaimed: [], residue: { ...receipt.residue, found: 1 } }],
    ['something that stays without an end', looked({ ...detached, until: undefined })],
    ['files that are left and not told of', looked({ ...erased, files: { found: 2, done: 1 } })],
    [
      'a collection that was not read whole, passed over in silence',
      {
        ...receipt,
        residue: { ...receipt.residue, looked: [], notLooked: [{ collection: 'apiLogs', why: 'too-many' }] },
      },
    ],
    ['another format', { ...receipt, format: 'kept-receipt/2' as 'kept-receipt/1' }],
  ])('is unsound with %s', (_, unsound) => expect(receiptFaults(unsound)).toHaveLength(1));
});
