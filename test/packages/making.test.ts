import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { memoryFiles, openDocument, verifySignature } from '@kept/core';
import { makePackage } from '../../packages/core/src/engine/packages/makePackage.ts';
import type { PackageManifest } from '../../packages/core/src/engine/packages/packageManifest.ts';
import { packageId, type StoredPackage } from '../../packages/core/src/engine/packages/storedPackage.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import { type Scene, scene } from '../support/scene.ts';
import {
  aRequest,
  contentsOf,
  packingWorld,
  partOf,
  sha256,
  storedPart,
  unzip,
  type Wanted,
  watched,
} from './packing.ts';

const video = (n: number, length = 900): Wanted => ({ name: `media/${n}.mp4`, bytes: Buffer.alloc(length, n) });
const account: Wanted = {
  name: 'data/account.ndjson',
  bytes: Buffer.from('{"email":"ann"}\n'.repeat(50)),
  records: 50,
};
const nobody = async (): Promise<void> => undefined;

let the: Scene;
let store: ReturnType<typeof memoryFiles>;
let world: World;
let number = 0;
const request = () => aRequest(the, `request-${++number}`);

beforeAll(async () => {
  the = await scene();
});
beforeEach(() => {
  store = memoryFiles();
  world = packingWorld(the, store);
});
afterAll(() => the.close());

async function stored(id: string): Promise<StoredPackage> {
  return (await world.records.collection<StoredPackage>('packages').get(packageId(id))) as StoredPackage;
}

async function manifestIn(part: Buffer): Promise<PackageManifest> {
  const signer = await the.keys.signer();
  const text = (await unzip(part)).get('manifest.json')?.bytes ?? Buffer.alloc(0);
  const opened = openDocument<PackageManifest>(text, { [signer.keyId]: signer.publicKey }, verifySignature);
  if (!opened.ok) throw new Error(opened.why);
  return opened.document;
}

describe('a package', () => {
  test('holds each file as it is, media stored and text deflated, with a signed list of their checksums', async () => {
    const asked = await request();
    const ended = await makePackage(world, asked, contentsOf([account, video(1), video(2)]), nobody);
    expect(ended).toEqual({ missing: [], also: { handedOver: { by: new Date('2026-03-17T08:00:00Z') } } });

    const part = await partOf(the, store, asked._id, 1);
    const files = await unzip(part);
    expect([...files].map(([name, { method }]) => [name, method])).toEqual([
      ['data/account.ndjson', 8],
      ['media/1.mp4', 0],
      ['media/2.mp4', 0],
      ['manifest.json', 8],
    ]);
    for (const { name, bytes } of [account, video(1), video(2)])
      expect(files.get(name)?.bytes.equals(bytes)).toBe(true);

    const manifest = await manifestIn(part);
    expect(manifest).toMatchObject({ format: 'kept-package/1', part: 1, isLast: true, missing: [] });
    expect(manifest.request).toMatchObject({ id: asked._id, right: 'access' });
    expect(manifest.files).toEqual([
      { name: account.name, type: 'application/x-ndjson', sha256: sha256(account.bytes), bytes: 800, records: 50 },
      { name: 'media/1.mp4', type: 'video/mp4', sha256: sha256(video(1).bytes), bytes: 900 },
      { name: 'media/2.mp4', type: 'video/mp4', sha256: sha256(video(2).bytes), bytes: 900 },
    ]);
    expect((await stored(asked._id)).parts[0]).toMatchObject({
      sha256: sha256(part),
      bytes: part.length,
      ...{ entries: 3, records: 50, files: 2 },
    });
  });

  test('is cut into parts between two files, each of them whole by itself', async () => {
    const asked = await request();
    const wanted = [account, ...[1, 2, 3, 4, 5].map((n) => video(n))];
    await makePackage(world, asked, contentsOf(wanted), nobody, { bytes: 1_700, entries: 100 });
    const parts = await Promise.all([1, 2, 3].map((n) => partOf(the, store, asked._id, n)));
    const manifests = await Promise.all(parts.map(manifestIn));
    expect(manifests.map(({ files, part, isLast }) => [part, isLast, files.map(({ name }) => name)])).toEqual([
      [1, false, ['data/account.ndjson', 'media/1.mp4']],
      [2, false, ['media/2.mp4', 'media/3.mp4']],
      [3, true, ['media/4.mp4', 'media/5.mp4']],
    ]);
    expect(await the.kept.packages.ofRequest(asked._id)).toMatchObject({
      ...{ state: 'ready', entries: 6, records: 50, files: 5 },
      bytes: parts.reduce((sum, { length }) => sum + length, 0),
    });
  });

  test('is cut where there are many files, too, and may hold nothing at all', async () => {
    const many = await request();
    await makePackage(world, many, contentsOf([1, 2, 3].map((n) => video(n, 10))), nobody, { bytes: 1e9, entries: 2 });
    expect((await stored(many._id)).parts.map(({ entries }) => entries)).toEqual([2, 1]);

    const none = await request();
    await makePackage(world, none, contentsOf([]), nobody);
    expect([...(await unzip(await partOf(the, store, none._id, 1))).keys()]).toEqual(['manifest.json']);
  });

  test('goes on without a file that is missing or breaks off, and names it in its signed list and nowhere else', async () => {
    const asked = await request();
    const wanted: Wanted[] = [
      video(1),
      { ...video(2), fault: 'missing' },
      { ...video(3, 3_000), fault: 'breaks' },
      { ...video(4), fault: 'missing' },
      video(5),
    ];
    const { missing } = await makePackage(world, asked, contentsOf(wanted), nobody);
    expect(missing).toEqual([
      'One file could not be read (FILE_BROKEN).',
      '2 files could not be found in our storage any more.',
    ]);
    const part = await partOf(the, store, asked._id, 1);
    expect([...(await unzip(part)).keys()]).toEqual(['media/1.mp4', 'media/5.mp4', 'manifest.json']);
    expect((await manifestIn(part)).missing).toEqual([
      { name: 'media/2.mp4', why: 'FILE_NOT_FOUND' },
      { name: 'media/3.mp4', why: 'FILE_BROKEN' },
      { name: 'media/4.mp4', why: 'FILE_NOT_FOUND' },
    ]);
    expect(JSON.stringify(await stored(asked._id))).not.toContain('media/');
  });

  test('is not made at all while what leads to its files fails: that is tried again', async () => {
    const asked = await request();
    const down = new Error('no connection');
    const contents = async function* () {
      yield* contentsOf([video(1)])();
      throw down;
    };
    await expect(makePackage(world, asked, contents, nobody)).rejects.toBe(down);
    expect(await stored(asked._id)).toMatchObject({ state: 'making', parts: [] });
    await makePackage(world, asked, contentsOf([video(1)]), nobody);
    expect(await stored(asked._id)).toMatchObject({ state: 'ready' });
  });

  test('tells how far it is while one large file is read', async () => {
    const asked = await request();
    const told: (readonly [string | undefined, number, number])[] = [];
    let read = 0;
    async function* lines() {
      for (let n = 0; n < 5; n += 1) {
        yield Buffer.alloc(1_000, 'x');
        read += 10;
        the.clock.forward({ seconds: 11 });
        const { state, records, bytes } = (await the.kept.packages.ofRequest(asked._id)) ?? { records: 0, bytes: 0 };
        told.push([state, records, bytes]);
      }
    }
    const contents = async function* () {
      const file = { name: 'data/all.json', type: 'application/json', how: 'deflate', place: 1 } as const;
      yield { ...file, content: lines(), counts: () => ({ records: read, files: 0 }) };
    };
    await makePackage(world, asked, contents, nobody);
    expect(told).toEqual([
      ['making', 0, 0],
      ['making', 10, 1_000],
      ['making', 20, 2_000],
      ['making', 30, 3_000],
      ['making', 40, 4_000],
    ]);
    expect(await the.kept.packages.ofRequest(asked._id)).toMatchObject({ state: 'ready', records: 50 });
  });

  test('ends where another worker took the request over, and leaves nothing of the part', async () => {
    const asked = await request();
    const lost = Object.assign(new Error('taken over'), { code: 'REQUEST_CONFLICT' });
    let beats = 0;
    const beat = async () => {
      beats += 1;
      if (beats > 3) throw lost;
    };
    const { store: packages, there } = watched(store);
    const made = makePackage({ ...world, packages }, asked, contentsOf([video(1), video(2)]), beat);
    await expect(made).rejects.toBe(lost);
    expect(await there()).toEqual([]);
  });

  test.each(['../up.mp4', '/root.mp4', 'a//b', 'a\\b', 'C:/x', 'manifest.json', '', 'media/.'])(
    'takes no name that leads elsewhere when it is unpacked: %j',
    async (name) => {
      const made = makePackage(world, await request(), contentsOf([{ name, bytes: Buffer.alloc(1) }]), nobody);
      await expect(made).rejects.toThrow(RangeError);
    },
  );

  test('lies sealed, so that nothing of it can be read where it waits', async () => {
    const asked = await request();
    const text = 'the words of ann, which nobody else may read';
    await makePackage(world, asked, contentsOf([{ name: 'media/a.txt', bytes: Buffer.from(text) }]), nobody);
    const bytes: Uint8Array[] = [];
    for await (const piece of await store.read(await storedPart(the, asked._id, 1))) bytes.push(piece);
    expect(Buffer.concat(bytes).includes(text.slice(0, 12))).toBe(false);
    expect((await partOf(the, store, asked._id, 1)).includes(text)).toBe(true);
  });
});
