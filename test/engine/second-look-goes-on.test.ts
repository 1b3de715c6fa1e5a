import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { LookAgain, Residue } from '../../packages/core/src/engine/ports/residue.ts';
import type { Captured } from '../../packages/core/src/engine/rights/erasure/captureIdentity.ts';
import { secondLook } from '../../packages/core/src/engine/rights/erasure/secondLook.ts';
import type { StoredRequest } from '../../packages/core/src/engine/stored.ts';
import type { World } from '../../packages/core/src/engine/world.ts';
import { KeptError } from '../../packages/core/src/kernel/keptError.ts';
import { type Scene, scene } from '../support/scene.ts';
import { worldOf } from './worldOf.ts';

const { ObjectId } = mongoose.mongo;
const HOSTS = ['generations', 'payments', 'sessions', 'users'];

let the: Scene;
let world: World;
/** From where each look went on. */
let looks: (Residue | undefined)[] = [];
let request: Captured;
const ann = new ObjectId();

beforeAll(async () => {
  the = await scene();
  const { policy } = the.kept;
  const source = mongoData(
    () => the.db,
    () => policy,
  );
  const residue: typeof source.residue = (captured, look: LookAgain = {}) => {
    looks.push(look.from);
    return source.residue(captured, look);
  };
  world = { ...worldOf(the), data: { ...source, residue } };
});
beforeEach(async () => {
  looks = [];
  for (const name of HOSTS) await the.db.collection(name).deleteMany({});
  for (const name of HOSTS) await the.db.collection(name).insertOne({ note: 'of nobody' });
  const captured = { subject: String(ann), addresses: ['ann@example.org'], keys: {} };
  const _id = String(new ObjectId());
  request = { _id, service: world.service, schema: 1, version: 0, pending: [], captured } as unknown as Captured;
  await world.records.collection<StoredRequest>('requests').insert(request);
});
afterAll(() => the.close());

const look = (beat: () => Promise<void> = async () => {}): Promise<Residue> => secondLook(world, request, beat);
const read = ({ looked }: Residue): string[] => looked.filter((name) => HOSTS.includes(name));

/** A look whose process dies after so many collections. */
async function died(after: number): Promise<void> {
  let beats = 0;
  const dies = look(async () => {
    beats += 1;
    if (beats > after) throw new KeptError('REQUEST_CONFLICT', 'dead', { place: 'here', remedy: 'none' });
  });
  await expect(dies).rejects.toMatchObject({ code: 'REQUEST_CONFLICT' });
}

test('a look that died goes on behind what it had read, and comes to the same as one that lived', async () => {
  await the.db.collection('users').insertOne({ name: 'ann@example.org' });
  await died(2);
  const whole = await look();
  expect(looks[1]?.looked).toHaveLength(2);
  expect(read(whole)).toEqual(HOSTS);
  expect(whole.found).toEqual([{ collection: 'users', path: 'name', count: 1, named: true, leads: false }]);
});

test('where something was found it is read again: what went meanwhile is told no more', async () => {
  await the.db.collection('generations').insertOne({ prompt: 'a card for ann@example.org' });
  const first = await look();
  expect(first.found).toMatchObject([{ collection: 'generations', path: 'prompt' }]);
  await the.db.collection('generations').deleteMany({ prompt: /ann/ });

  const second = await look();
  expect(looks[1]?.looked).toEqual(first.looked.filter((name) => name !== 'generations'));
  expect([second.found, second.looked]).toEqual([[], first.looked]);
});

test('what came to lead to the person where nothing had been found is found all the same', async () => {
  await look();
  await the.db.collection('payments').insertOne({ userId: ann, amount: 1 });
  const { found } = await look();
  expect(looks[1]?.looked).toContain('payments');
  expect(found).toEqual([{ collection: 'payments', path: 'userId', count: 1, named: true, leads: true }]);
});

test('what was read more than a day ago is read again', async () => {
  await died(3);
  the.clock.forward({ hours: 25 });
  expect(read(await look())).toEqual(HOSTS);
  expect(looks[1]).toBeUndefined();
});
