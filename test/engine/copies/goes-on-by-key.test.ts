import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Place } from '../../../packages/core/src/engine/packages/packageEntry.ts';
import { accessContents } from '../../../packages/core/src/engine/rights/access/accessContents.ts';
import type { World } from '../../../packages/core/src/engine/world.ts';
import { aRequest } from '../../packages/packing.ts';
import { aPerson, type Person } from '../../support/people.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { mail } from '../case.ts';
import { copyingWorld, type Packed, packed, requestOf } from './copying.ts';

let the: Scene;
let world: World;
let mara: Person;
let all: Packed;
let names: string[];

beforeAll(async () => {
  the = await scene();
  mara = await aPerson(the, 'mara@example.org', { videos: 4 });
  for (const text of ['The sky is too dark.', 'It is still dark.', 'Now it is fine.']) {
    await mail(the.kept, mara.address, text, { subject: text });
  }
  await the.kept.consents.give(mara.key, 'training', 'settings');
  world = copyingWorld(the);
  all = await packed(accessContents(world, requestOf(mara.key)));
  names = [...all.files.keys()];
}, 60_000);
afterAll(() => the.close());

/** What a walk that goes on from behind this file still finds. */
async function restBehind(at: number, there: World = world): Promise<string[]> {
  return [...(await packed(accessContents(there, requestOf(mara.key)), all.places[at] as Place)).files.keys()];
}

/** Takes a document away while a walk is interrupted, and brings it back. */
async function without(collection: string, id: unknown, look: () => Promise<void>): Promise<void> {
  const where = { _id: id as never };
  const document = await the.db.collection(collection).findOne(where);
  if (!document) throw new Error(`There is no such document in ${collection}`);
  await the.db.collection(collection).deleteOne(where);
  try {
    await look();
  } finally {
    await the.db.collection(collection).insertOne(document);
  }
}

const isInMedia = (name: string): boolean => name.startsWith('media/');

test('a record that is removed while the walk is interrupted doubles no other file and leaves none out', async () => {
  const media = [...names.keys()].filter((at) => isInMedia(names[at] ?? ''));
  expect(media.length).toBeGreaterThanOrEqual(8);
  for (const video of mara.videos) {
    await without('generations', video, async () => {
      for (const at of media) {
        const rest = names.slice(at + 1).filter((name) => !name.includes(String(video)));
        expect([at, await restBehind(at)]).toEqual([at, rest]);
      }
    });
  }
});

test('a record that comes meanwhile doubles no other file either', async () => {
  const first = names.findIndex(isInMedia);
  const outputs = [{ file: 'a-new-one.mp4' }];
  const video = { _id: 'a-new-one', userId: mara.id, outputs, createdAt: the.clock.now() };
  await the.media.put('a-new-one.mp4', Buffer.from('new'));
  await the.db.collection('generations').insertOne(video as never);
  try {
    for (const at of [first, first + 3]) {
      const rest = await restBehind(at);
      expect(rest.filter((name) => !name.includes('a-new-one'))).toEqual(names.slice(at + 1));
      expect(rest.filter((name) => name.includes('a-new-one'))).toHaveLength(2);
    }
  } finally {
    await the.db.collection('generations').deleteOne({ _id: video._id as never });
  }
});

test('a mail that is removed meanwhile doubles no other mail and leaves none out', async () => {
  const mails = [...names.keys()].filter((at) => names[at]?.startsWith('kept/mails/'));
  expect(mails).toHaveLength(3);
  const messages = await the.db.collection('kept_messages').find({ direction: 'in' }).sort({ _id: 1 }).toArray();
  const tickets = new Map<unknown, unknown>(messages.map(({ mail: id, ticket }) => [id, ticket]));
  expect(new Set(tickets.values()).size).toBe(3);
  for (const { _id, mail: id } of messages) {
    await without('kept_messages', _id, async () => {
      for (const at of mails) {
        const rest = names.slice(at + 1).filter((name) => !name.includes(String(id)));
        expect([at, await restBehind(at)]).toEqual([at, rest]);
      }
    });
  }
  for (const [id, ticket] of tickets) {
    await without('kept_tickets', ticket, async () => {
      for (const at of mails) {
        const rest = names.slice(at + 1).filter((name) => !name.includes(String(id)));
        expect([at, await restBehind(at)]).toEqual([at, rest]);
      }
    });
  }
});

test('a file that there is only now doubles none of those beside it', async () => {
  const at = names.indexOf('kept/choices.json');
  expect(names).not.toContain('kept/requests.json');
  const { _id } = await aRequest(the, 'asked-meanwhile', mara.key);
  try {
    expect(await restBehind(at)).toEqual(['kept/requests.json', ...names.slice(at + 1)]);
  } finally {
    await the.db.collection('kept_requests').deleteOne({ _id: _id as never });
  }
});

test('where the policy does not know the collection any more in which the walk stood, it goes on behind that', async () => {
  const at = names.findIndex(isInMedia);
  const { policy } = world;
  const collections = policy.inventory.collections.filter(({ name }) => name !== 'generations');
  const changed = { ...policy, inventory: { ...policy.inventory, collections } };
  const rest = names.slice(at + 1).filter((name) => !isInMedia(name));
  expect(await restBehind(at, copyingWorld(the, changed))).toEqual(rest);
});
