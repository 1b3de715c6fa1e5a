import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Kept, memoryFiles } from '@kept/core';
import { makePackage } from '../../packages/core/src/engine/packages/makePackage.ts';
import { packageId } from '../../packages/core/src/engine/packages/storedPackage.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import { type Scene, scene } from '../support/scene.ts';
import { aRequest, contentsOf, packingWorld, storedPart } from './packing.ts';

const video = (n: number) => ({ name: `media/${n}.mp4`, bytes: Buffer.alloc(900, n) });
const nobody = async (): Promise<void> => undefined;
const store = memoryFiles();

let the: Scene;
let kept: Kept;
let world: World;
let number = 0;

beforeAll(async () => {
  the = await scene({ packages: store });
  kept = the.kept;
});
beforeEach(() => {
  world = packingWorld(the, store);
});
afterAll(() => the.close());

const change = (id: string, set: object) =>
  the.db.collection('kept_requests').updateOne({ _id: id as never }, { $set: set });

test('what is fetched before the run that made it has ended is delivered for the request, too', async () => {
  const request = await aRequest(the, `asked-${++number}`);
  const id = request._id;
  const { also } = await makePackage(world, request, contentsOf([video(1)]), nobody);
  const way = { subject: 'ann', id: packageId(id) };
  await kept.packages.ask(way, 1);
  const download = await kept.packages.download(way, 1);
  await download.ended(download.bytes);

  await change(id, { ...also, status: 'fulfilled', closedAt: the.clock.now() });
  await kept.packages.expire();
  expect((await kept.requests.get(id))?.handedOver?.at).toEqual((await kept.packages.ofRequest(id))?.deliveredAt);
});

test('a package that ended while it was made stays ended', async () => {
  const request = await aRequest(the, `asked-${++number}`);
  let isClosed = false;
  const contents = async function* () {
    yield* contentsOf([video(1)])();
    if (isClosed) return;
    isClosed = true;
    await change(request._id, { status: 'withdrawn', closedAt: the.clock.now() });
    await kept.packages.expire();
  };
  expect(await makePackage(world, request, contents, nobody)).toEqual({ missing: [] });
  expect(await kept.packages.ofRequest(request._id)).toMatchObject({ state: 'expired', parts: [] });
});

test('what was begun for a request which ended otherwise goes, with the bytes of its unfinished part', async () => {
  const request = await aRequest(the, `asked-${++number}`);
  const contents = async function* () {
    yield* contentsOf([video(1), video(2)])();
    throw new Error('the process died');
  };
  await makePackage(world, request, contents, nobody, { bytes: 1, entries: 9 }).catch(() => undefined);
  const id = packageId(request._id);
  const part = await storedPart(the, request._id, 1);
  expect(await store.has(part)).toBe(true);
  await kept.packages.expire();
  expect(await store.has(part)).toBe(true);

  await change(request._id, { status: 'withdrawn', closedAt: the.clock.now() });
  await kept.packages.expire();
  expect(await store.has(part)).toBe(false);
  expect(await the.keys.get(`package:${id}`)).toBeUndefined();
});
