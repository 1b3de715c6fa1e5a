import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { memoryFiles } from '@kept/core';
import { mongoRecords } from '../../packages/core/src/adapters/records/mongoRecords.ts';
import { expirePackages } from '../../packages/core/src/engine/packages/endPackages.ts';
import { makePackage } from '../../packages/core/src/engine/packages/makePackage.ts';
import { packageId, type StoredPackage } from '../../packages/core/src/engine/packages/storedPackage.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import { type Life, life } from '../faults/mortal.ts';
import { type Scene, scene } from '../support/scene.ts';
import {
  aRequest,
  contentsOf,
  packageOf,
  packingWorld,
  partOf,
  storedPart,
  unzip,
  type Wanted,
  watched,
} from './packing.ts';

const wanted: readonly Wanted[] = [
  { name: 'data/account.ndjson', bytes: Buffer.from('{"email":"ann"}\n'.repeat(50)), records: 50 },
  ...[1, 2, 3].map((n) => ({ name: `media/${n}.mp4`, bytes: Buffer.alloc(900, n) })),
  { name: 'media/gone.mp4', bytes: Buffer.alloc(1), fault: 'missing' },
  { name: 'media/broken.mp4', bytes: Buffer.alloc(3_000), fault: 'breaks' },
  { name: 'media/4.mp4', bytes: Buffer.alloc(900, 4) },
];
const LIMIT = { bytes: 1_700, entries: 100 };

let the: Scene;
let number = 0;

beforeAll(async () => {
  the = await scene();
});
afterAll(() => the.close());

interface Outcome {
  readonly parts: readonly (readonly [string, string])[][];
  readonly state: Pick<StoredPackage, 'state' | 'missing'>;
  readonly missing: readonly string[];
  /** Whether anything lies in the store a day later but the parts that count. */
  readonly isClean: boolean;
}

/** Makes a package in a process that dies, and goes on with it in one that does not. */
async function run(mortal: Life): Promise<Outcome> {
  const { store, there } = watched(memoryFiles());
  const calm: World = packingWorld(the, store);
  const dying: World = {
    ...calm,
    records: mongoRecords(() => mortal.database(the.db)),
    packages: mortal.mortal('packages', store, ['put', 'remove']),
    keys: mortal.mortal('keys', the.keys, ['create', 'destroy']),
  };
  const request = await aRequest(the, `killed-${++number}`);
  const beat = async (): Promise<void> => undefined;
  try {
    await makePackage(dying, request, contentsOf(wanted), beat, LIMIT);
  } catch (error) {
    if (!mortal.dead) throw error;
  }

  const { missing } = await makePackage(calm, request, contentsOf(wanted), beat, LIMIT);
  const made = await calm.records.collection<StoredPackage>('packages').get(packageId(request._id));
  if (!made) throw new Error('There is no package');
  const parts = [];
  for (const index of made.parts.keys()) {
    const files = await unzip(await partOf(the, store, request._id, index + 1));
    // The request's own id stands in the manifest.
    parts.push([...files].map(([name, { bytes }]) => [name, `${bytes}`.replaceAll(request._id, '')] as const));
  }
  const unsigned = parts.map((files) =>
    files.map(([name, text]) => [name, text.replace(/"signature".*/, '')] as const),
  );
  const clock = { now: () => new Date(the.clock.now().getTime() + 86_400_000) };
  await expirePackages({ ...calm, clock });
  const counted = await Promise.all(made.parts.map((_, index) => storedPart(the, request._id, index + 1)));
  const left = (await there()).filter((key) => !counted.includes(key));
  const { begun } = await packageOf(the, request._id);
  const isClean = left.length === 0 && begun?.length === 0;
  return { parts: unsigned, state: { state: made.state, missing: made.missing }, missing, isClean };
}

test('a package is the same, whenever the process that made it dies', async () => {
  const counted = life();
  const calm = await run(counted);
  expect(calm.parts.map((files) => files.map(([name]) => name))).toEqual([
    ['data/account.ndjson', 'media/1.mp4', 'manifest.json'],
    ['media/2.mp4', 'media/3.mp4', 'manifest.json'],
    ['media/4.mp4', 'manifest.json'],
  ]);
  expect(calm.state).toEqual({ state: 'ready', missing: { FILE_NOT_FOUND: 1, FILE_BROKEN: 1 } });
  for (let n = 0; n <= counted.calls.length; n += 1) {
    const where = `killed after effect ${n} of ${counted.calls.length}: ${counted.calls[n - 1] ?? 'none'}`;
    expect({ where, ...(await run(life(n))) }).toEqual({ where, ...calm });
  }
}, 60_000);

test('a package ends for good, whenever the process that ends it dies', async () => {
  const over = async (mortal: Life): Promise<object> => {
    const store = memoryFiles();
    const calm: World = packingWorld(the, store);
    const request = await aRequest(the, `over-${++number}`);
    await makePackage(calm, request, contentsOf(wanted.slice(0, 3)), async () => undefined, LIMIT);
    the.clock.forward({ days: 14 });
    const dying: World = {
      ...calm,
      records: mongoRecords(() => mortal.database(the.db)),
      packages: mortal.mortal('packages', store, ['put', 'remove']),
      keys: mortal.mortal('keys', the.keys, ['create', 'destroy']),
    };
    await expirePackages(dying).catch((error) => {
      if (!mortal.dead) throw error;
    });
    await expirePackages(calm);
    const id = packageId(request._id);
    const made = await calm.records.collection<StoredPackage>('packages').get(id);
    const events = made?.pending.filter(({ type }) => type === 'PackageExpired').length;
    return {
      state: made?.state,
      key: await the.keys.get(`package:${id}`),
      left: await store.has(await storedPart(the, request._id, 1)),
      events,
    };
  };
  const counted = life();
  const calm = await over(counted);
  expect(calm).toEqual({ state: 'expired', key: undefined, left: false, events: 1 });
  for (let n = 0; n <= counted.calls.length; n += 1) expect(await over(life(n))).toEqual(calm);
}, 60_000);
