import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Kept, memoryFiles } from '@kept/core';
import type { WritableFiles } from '../../packages/core/src/adapters/files/writableFiles.ts';
import { makePackage } from '../../packages/core/src/engine/packages/makePackage.ts';
import type { PackageContents } from '../../packages/core/src/engine/packages/packageEntry.ts';
import { mail } from '../engine/case.ts';
import { aPerson, linkFor, type Person } from '../support/people.ts';
import { type Scene, scene } from '../support/scene.ts';
import {
  aRequest,
  contentsOf,
  packageOf,
  packingWorld,
  partOf,
  sha256,
  storedPart,
  unzip,
  watched,
  whole,
} from './packing.ts';

let the: Scene;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

interface SlowStore {
  readonly store: WritableFiles;
  /** The store has all bytes of a part, and takes its time. */
  readonly isAtItsEnd: Promise<void>;
  letGo(): void;
}

/** A store that is slow over the last bytes of a part; a process that dies then never hears that it has them. */
function slow(store: WritableFiles, dies = false): SlowStore {
  const end = Promise.withResolvers<void>();
  const open = Promise.withResolvers<void>();
  return {
    store: {
      ...store,
      async put(key, content) {
        const bytes = content instanceof Uint8Array ? content : await whole(content);
        end.resolve();
        await open.promise;
        const size = await store.put(key, bytes);
        return dies ? new Promise<number>(() => undefined) : size;
      },
    },
    isAtItsEnd: end.promise,
    letGo: open.resolve,
  };
}

/** Somebody asks for a copy, and one worker is at the end of it when it loses its lease; another made it meanwhile. */
async function overtaken(address: string, dies: boolean) {
  const { store, there } = watched(memoryFiles());
  const late = slow(store, dies);
  const [first, second] = [await the.restart({ packages: late.store }), await the.restart({ packages: store })];
  const person = await aPerson(the, address, { videos: 3 });
  await mail(first, address, 'Please send me a copy of all my personal data.');
  await first.requests.advance();
  await first.outbox.deliver();
  const { _id: request } = await first.requests.confirm(linkFor(the, address));
  const working = first.requests.advance();
  await late.isAtItsEnd;

  // What one of them reads is not what the other reads.
  await the.db.collection('generations').deleteOne({ _id: person.videos[0] as never });
  the.clock.forward({ minutes: 2 });
  await second.requests.advance();
  expect(await second.requests.get(request)).toMatchObject({ status: 'fulfilled' });
  late.letGo();
  return { second, person, request, working, there };
}

async function isWhole(kept: Kept, { key }: Person, request: string): Promise<void> {
  const [made] = await kept.packages.of(key);
  if (!made) throw new Error('There is no package');
  expect(made).toMatchObject({ request, state: 'ready', parts: [{ number: 1 }] });
  const way = { subject: key, id: made.id };
  await kept.packages.ask(way, 1);
  const { content, bytes } = await kept.packages.download(way, 1);
  const zip = await whole(content);
  expect([zip.length, sha256(zip)]).toEqual([bytes, made.parts[0]?.sha256]);
  expect([...(await unzip(zip)).keys()].filter((name) => name.endsWith('.mp4'))).toHaveLength(2);
}

test('a worker that lost its lease while its last bytes were stored overwrites nothing, and takes away what it stored', async () => {
  const { second, person, request, working, there } = await overtaken('mara@example.org', false);
  await working;
  await isWhole(second, person, request);
  expect(await there()).toEqual([await storedPart(the, request, 1)]);
});

test('what a worker stored that died over it is removed a day later, and nobody is ever given it', async () => {
  const { second, person, request, there } = await overtaken('noa@example.org', true);
  while ((await there()).length < 2) await new Promise(setImmediate);
  await isWhole(second, person, request);

  await second.packages.expire();
  expect(await there()).toHaveLength(2);
  the.clock.forward({ days: 1 });
  await second.packages.expire();
  expect(await there()).toEqual([await storedPart(the, request, 1)]);
  expect((await packageOf(the, request)).begun).toEqual([]);
  await isWhole(second, person, request);
});

test('of two workers at one part the first counts, and both go on behind what it put in', async () => {
  const asked = await aRequest(the, 'two-at-once');
  const store = memoryFiles();
  const films = [1, 2, 3, 4].map((n) => ({ name: `media/${n}.mp4`, bytes: Buffer.alloc(900, n) }));
  const all = contentsOf(films);
  // The first film is gone by the time when the second worker looks.
  const fewer: PackageContents = (from) => all(from ?? 1);
  const limit = { bytes: 1_700, entries: 100 };
  const [one, two] = [slow(store), slow(store)];
  const work = (packages: WritableFiles, contents: PackageContents) =>
    makePackage(packingWorld(the, packages), asked, contents, async () => undefined, limit);

  const first = work(one.store, all);
  await one.isAtItsEnd;
  const second = work(
    { ...store, put: (key, content) => (key.includes('part-1') ? store : two.store).put(key, content) },
    fewer,
  );
  await two.isAtItsEnd;
  one.letGo();
  const ended = await first;
  two.letGo();
  expect(await second).toEqual(ended);

  const { parts, state } = await packageOf(the, asked._id);
  const names = await Promise.all(
    parts.map(async (_, index) => [...(await unzip(await partOf(the, store, asked._id, index + 1))).keys()]),
  );
  expect({ state, names }).toEqual({
    state: 'ready',
    names: [
      ['media/2.mp4', 'media/3.mp4', 'manifest.json'],
      ['media/4.mp4', 'manifest.json'],
    ],
  });
});
