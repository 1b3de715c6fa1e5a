import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { zipOf } from '../../packages/core/src/adapters/archive/zipOf.ts';
import { memoryKeys } from '../../packages/core/src/index.ts';
import { sealDocument } from '../../packages/core/src/kernel/evidence/receipt.ts';
import { answer, receipt } from '../kernel/evidence/scene.ts';
import { ask } from './ask.ts';

type Key = Awaited<ReturnType<ReturnType<typeof memoryKeys>['signer']>>;
let folder = '';
let ours: Key;
let theirs: Key;

const listOf = ({ keyId, publicKey }: Key): string =>
  JSON.stringify({ keys: [{ keyId, algorithm: 'Ed25519', publicKey }] });
const sealed = (document: unknown, key: Key): string => sealDocument(document, key.keyId, (text) => key.sign(text));

async function put(name: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(folder, name, '..'), { recursive: true });
  await writeFile(join(folder, name), content);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-verify-'));
  ours = await memoryKeys().signer();
  theirs = await memoryKeys().signer();
  await put('ours.json', listOf(ours));
  await put('good.json', sealed(receipt, ours));
});

const verify = (file: string, ...more: string[]) =>
  ask(['verify', file, '--keys', 'ours.json', '--json', ...more], { cwd: folder });

describe('kept verify', () => {
  test('the manifest of a business transfer is good as it was signed, and tells the sum of each file', async () => {
    const files = [{ name: 'people-000001-001.ndjson', sha256: 'ab', bytes: 2 }];
    await put('manifest.json', sealed({ format: 'kept-transfer/1', transfer: 't1', people: 2, files }, ours));
    const { code, json } = await verify('manifest.json');
    expect(code).toBe(0);
    expect(json()).toMatchObject({ ok: true, kind: 'transfer', document: { people: 2, [files[0]?.name ?? '']: 'ab' } });
    await put('forged.json', sealed({ format: 'kept-transfer/1', transfer: 't1', people: 2, files }, theirs));
    expect((await verify('forged.json')).code).toBe(1);
  });

  test('a package is good as it was made, and bad where a file in it was changed, added or left out', async () => {
    const file = { name: 'media/1.mp4', type: 'video/mp4', bytes: 3 };
    const sha256 = createHash('sha256').update('one').digest('hex');
    const request = { id: 'R-1', right: 'access' };
    const manifest = {
      format: 'kept-package/1',
      request,
      part: 1,
      isLast: true,
      files: [{ ...file, sha256 }],
      missing: [],
    };
    const zipped = async (files: Readonly<Record<string, string>>): Promise<Buffer> => {
      async function* entries() {
        for (const [name, text] of Object.entries(files)) {
          yield { name, how: 'store', content: Readable.from([Buffer.from(text)]) } as const;
        }
      }
      return buffer(zipOf(entries(), new Date(0)));
    };
    const text = sealed(manifest, ours);
    const good = await zipped({ 'media/1.mp4': 'one', 'manifest.json': text });
    await put('good.zip', good);
    const { code, json } = await verify('good.zip');
    expect(code).toBe(0);
    expect(json()).toMatchObject({
      ok: true,
      kind: 'package',
      document: { request: 'R-1', part: 1, files: 1, bytes: 3 },
    });

    const bad: Record<string, [Buffer, object]> = {
      changed: [
        await zipped({ 'media/1.mp4': 'two', 'manifest.json': text }),
        { why: 'faults', faults: ['changed: media/1.mp4'] },
      ],
      added: [
        await zipped({ 'media/1.mp4': 'one', 'x.mp4': 'x', 'manifest.json': text }),
        { why: 'faults', faults: ['added: x.mp4'] },
      ],
      left: [await zipped({ 'manifest.json': text }), { why: 'faults', faults: ['missing: media/1.mp4'] }],
      bare: [await zipped({ 'media/1.mp4': 'one' }), { why: 'no-manifest' }],
      cut: [good.subarray(0, good.length - 30), { why: 'not-a-zip' }],
      forged: [
        await zipped({ 'media/1.mp4': 'one', 'manifest.json': sealed(manifest, theirs) }),
        { why: 'unknown-signer' },
      ],
    };
    for (const [name, [bytes, verdict]] of Object.entries(bad)) {
      await put(`${name}.zip`, bytes);
      const answer = await verify(`${name}.zip`);
      expect([name, answer.code, answer.json()]).toEqual([name, 1, expect.objectContaining({ ok: false, ...verdict })]);
    }
  });

  test('the receipt of a delivery is good as it was signed, and tells the sum of each part', async () => {
    const delivery = {
      format: 'kept-delivery/1',
      request: { id: 'R-1', right: 'access' },
      parts: [{ part: 1, sha256: 'ab' }],
    };
    await put('delivery.json', sealed(delivery, ours));
    const { code, json } = await verify('delivery.json');
    expect([code, json()]).toMatchObject([0, { kind: 'delivery', document: { request: 'R-1', 'part 1': 'ab' } }]);
  });

  test('a receipt as it was signed is good, and says whose and what', async () => {
    const { code, err, json } = await verify('good.json');
    expect([code, err]).toEqual([0, '']);
    expect(json()).toMatchObject({
      ok: true,
      kind: 'receipt',
      keyId: ours.keyId,
      document: { request: 'R-1', right: 'erasure', found: 15, done: 15, left: 0, files: 24, residue: 0 },
    });
  });

  test('the receipt of an answer is good as it was signed, and says how it ended and what is claimed', async () => {
    await put('answer.json', sealed(answer, ours));
    const { code, json } = await verify('answer.json');
    expect([code, json()]).toMatchObject([
      0,
      {
        kind: 'answer',
        keyId: ours.keyId,
        document: { number: 'K-7F3A2C', outcome: 'partly-fulfilled', corrected: 'users.name in 1', missing: 1 },
      },
    ]);
    const bad = {
      'unknown-signer': sealed(answer, theirs),
      'bad-signature': sealed(answer, ours).replace('"records":1', '"records":2'),
      faults: sealed({ ...answer, missing: [] }, ours),
      'not-a-receipt': sealed({ ...answer, claims: [{ what: 'all-is-well' }] }, ours),
    };
    for (const [why, content] of Object.entries(bad)) {
      await put('bad.json', content);
      const verdict = await verify('bad.json');
      expect([verdict.code, verdict.json()]).toEqual([1, expect.objectContaining({ ok: false, why })]);
    }
  });

  test('any one byte changed makes it bad', async () => {
    for (const bytes of [receipt, answer].map((each) => Buffer.from(sealed(each, ours), 'utf8')))
      for (let at = 0; at < bytes.length; at += 97) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await put('changed.json', changed);
        const { code, json } = await verify('changed.json');
        expect([at, code, json().ok]).toEqual([at, 1, false]);
      }
  });

  test.each([
    ['signed by another key', () => sealed(receipt, theirs), 'unknown-signer'],
    ['with a newline at its end', () => `${sealed(receipt, ours)}\n`, 'not-canonical'],
    ['laid out anew', () => JSON.stringify(JSON.parse(sealed(receipt, ours)), undefined, 2), 'not-canonical'],
    ['without a signature', () => JSON.stringify({}), 'not-signed'],
    ['that is no JSON', () => 'receipt', 'not-json'],
    ['of another format, though signed by us', () => sealed({ format: 'kept-receipt/9' }, ours), 'not-a-receipt'],
    ['with the format and nothing else', () => sealed({ format: 'kept-receipt/1' }, ours), 'not-a-receipt'],
    ['a manifest without its files', () => sealed({ format: 'kept-transfer/1' }, ours), 'not-a-receipt'],
  ])('a file %s is bad', async (_title, content, why) => {
    await put('bad.json', content());
    const { code, json } = await verify('bad.json');
    expect([code, json()]).toEqual([1, expect.objectContaining({ ok: false, why })]);
  });

  test('a receipt that contradicts itself is bad, whoever signed it', async () => {
    const lines = receipt.lines.map((line) => ({ ...line, done: line.found - 1 }));
    await put('faulty.json', sealed({ ...receipt, lines }, ours));
    const { code, json } = await verify('faulty.json');
    expect(code).toBe(1);
    expect(json()).toMatchObject({
      ok: false,
      why: 'faults',
      faults: [expect.stringContaining('generations'), expect.any(String)],
    });
  });

  test('keys are looked for beside the file first, then in the home of Kept', async () => {
    await put('beside/good.json', sealed(receipt, ours));
    await put('beside/signing.public.json', listOf(ours));
    expect((await ask(['verify', 'beside/good.json'], { cwd: folder })).code).toBe(0);

    await put('home/.kept/keys/signing.public.json', listOf(theirs));
    await put('home/in/good.json', sealed(receipt, theirs));
    expect((await ask(['verify', 'in/good.json'], { cwd: join(folder, 'home') })).code).toBe(0);

    await put('away/keys/signing.public.json', listOf(ours));
    const env = { KEPT_HOME: join(folder, 'away') };
    expect((await ask(['verify', 'in/good.json'], { cwd: join(folder, 'home'), env })).code).toBe(1);
  });

  test('people read why', async () => {
    expect((await ask(['verify', 'good.json', '--keys', 'ours.json'], { cwd: folder })).out).toMatch(
      /^genuine: signed by/,
    );
    await put('bad.json', sealed(receipt, theirs));
    const { out } = await ask(['verify', 'bad.json', '--keys', 'ours.json'], { cwd: folder });
    expect(out).toMatch(/^not genuine: it was signed by a key that is not in the list/);
  });
});
