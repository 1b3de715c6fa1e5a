import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { diskFiles } from '@kept/core';
import { gridFsFiles } from '../../packages/core/src/adapters/files/gridFsFiles.ts';
import type { WritableFiles } from '../../packages/core/src/adapters/files/writableFiles.ts';
import { endPackages } from '../../packages/core/src/engine/packages/endPackages.ts';
import { makePackage } from '../../packages/core/src/engine/packages/makePackage.ts';
import { packageId } from '../../packages/core/src/engine/packages/storedPackage.ts';
import { type Scene, scene } from '../support/scene.ts';
import { aRequest, contentsOf, packingWorld, unzip, whole } from './packing.ts';

const film = { name: 'media/film.mp4', bytes: Buffer.alloc(900_000, 'a film of ann') };

let the: Scene;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-packages-'));
  the = await scene();
});
afterAll(() => the.close());

const stores: Readonly<
  Record<string, () => { store: WritableFiles; named: Partial<Parameters<Scene['restart']>[0]> }>
> = {
  "GridFS in Kept's own database, where the host names nothing": () => ({
    store: gridFsFiles({ db: the.db }, { bucket: 'kept_packages', encrypted: true }),
    named: {},
  }),
  'a directory of the host': () => {
    const store = diskFiles(folder);
    return { store, named: { packages: store } };
  },
};

describe('a package waits in', () => {
  test.each(Object.keys(stores))('%s, is fetched from there, and leaves nothing there', async (name) => {
    const { store, named = {} } = stores[name]?.() ?? {};
    if (!store) throw new Error('There is no such store');
    const kept = await the.restart(named);
    const world = packingWorld(the, store);
    const subject = `of ${name}`;
    const request = await aRequest(the, `waits-${Object.keys(stores).indexOf(name)}`, subject);
    await makePackage(world, request, contentsOf([film]), async () => undefined);

    const stored = await the.db.collection('kept_packages.chunks').find().toArray();
    const onDisk = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
    expect(stored.length + onDisk.length).toBeGreaterThan(0);
    const bytes = [
      ...stored.map(({ data }) => Buffer.from(data.buffer)),
      ...(await Promise.all(onDisk.map((each) => readFile(join(each.parentPath, each.name))))),
    ];
    expect(Buffer.concat(bytes).includes('a film of ann')).toBe(false);

    const way = { subject, id: packageId(request._id) };
    await kept.packages.ask(way, 1);
    const download = await kept.packages.download(way, 1);
    const zip = await whole(download.content);
    expect((await unzip(zip)).get(film.name)?.bytes.equals(film.bytes)).toBe(true);
    const rest = await kept.packages.download(way, 1, 700_000);
    expect((await whole(rest.content)).equals(zip.subarray(700_000))).toBe(true);

    expect(await endPackages(world, { subject })).toBe(1);
    expect(await endPackages(world, { subject })).toBe(0);
    expect(await the.db.collection('kept_packages.chunks').countDocuments()).toBe(0);
    expect((await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile())).toEqual(
      [],
    );
    expect(await kept.packages.of(subject)).toEqual([]);
    expect(await the.keys.get(`package:${packageId(request._id)}`)).toBeUndefined();
  });

  test('them without what the evidence said of it, once its case is over', async () => {
    const request = await aRequest(the, 'waits-over');
    const world = packingWorld(the, gridFsFiles({ db: the.db }, { bucket: 'kept_packages', encrypted: true }));
    await makePackage(world, request, contentsOf([film]), async () => undefined);
    expect(await endPackages(world, { requests: [request._id, 'another'] })).toBe(1);
    expect(await the.kept.packages.ofRequest(request._id)).toBeUndefined();
    const entries = await the.kept.evidence.entries({ kind: 'packages', id: packageId(request._id) });
    expect(entries.map(({ type }) => type)).toEqual(['PackageBegun', 'PackagePartMade', 'PackageReady']);
    const details = await the.db.collection('kept_evidenceDetails').countDocuments({
      _id: { $in: entries.map(({ _id }) => _id as never) },
    });
    expect(details).toBe(0);
  });
});
