import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadPack } from '@kept/core';
import { accessContents } from '../../../packages/core/src/engine/rights/access/accessContents.ts';
import type { Collection } from '../../../packages/core/src/kernel/policy/inventory.ts';
import type { Policy } from '../../../packages/core/src/kernel/policy/policy.ts';
import { aPerson } from '../../support/people.ts';
import { type Scene, scene } from '../../support/scene.ts';
import { copyingWorld, packed, requestOf } from './copying.ts';

let the: Scene;
let policy: Policy;

const comments: Collection = {
  name: 'comments',
  subject: { by: 'reference', field: 'authorId' },
  about: { collection: 'generations', field: 'generationId', cascade: true },
  anchors: {},
  predicates: {},
  fields: [
    { path: 'text', category: 'generation.prompt', export: 'always', others: true },
    { path: 'authorName', category: 'account.profile', export: 'always', others: true },
    { path: 'stars', category: 'generation.settings', export: 'always' },
  ],
};

beforeAll(async () => {
  const pack = await loadPack('sdance-ai');
  policy = { ...pack, inventory: { ...pack.inventory, collections: [...pack.inventory.collections, comments] } };
  the = await scene();
});
afterAll(() => the.close());

test('a comment on somebody’s video is in the copies of both, and names neither to the other', async () => {
  const mara = await aPerson(the, 'mara@example.org', { videos: 1 });
  const bob = await aPerson(the, 'bob@example.net', { videos: 0 });
  const text = 'Nice, call me: +49 170 1234567 or bob@example.net';
  const comment = { authorId: bob.id, generationId: mara.videos[0], authorName: 'Bob B', text, stars: 4 };
  await the.db.collection('comments').insertOne(comment);

  const world = copyingWorld(the, policy);
  const hers = await packed(accessContents(world, requestOf(mara.key)));
  expect(hers.json('data/comments.about-you.json')).toMatchObject([
    { data: { text: 'Nice, call me: ••• or •••', authorName: '•••', stars: 4 } },
  ]);
  expect(hers.files.has('data/comments.json')).toBe(false);
  expect(hers.json('redactions.json')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ file: 'data/comments.about-you.json', field: 'text', what: 'telephone', count: 1 }),
      expect.objectContaining({ file: 'data/comments.about-you.json', field: 'authorName', what: 'value', count: 1 }),
    ]),
  );
  const his = await packed(accessContents(world, requestOf(bob.key)));
  expect(his.json('data/comments.json')).toMatchObject([{ data: { text: 'Nice, call me: ••• or bob@example.net' } }]);
  for (const [name, bytes] of his.files) expect([name, bytes.includes(mara.key)]).toEqual([name, false]);
  for (const [name, bytes] of hers.files) expect([name, bytes.includes(bob.key)]).toEqual([name, false]);
});

test('a page after the other, however many there are and however the keys are stored', async () => {
  const person = await aPerson(the, 'zed@example.org', { videos: 0 });
  const many = Array.from({ length: 1_203 }, (_, n) => ({
    ...(n % 3 === 0 && { _id: `key-${n}` as never }),
    ...(n % 3 === 1 && { _id: n as never }),
    userId: person.id,
    prompt: `p${n}`,
    outputs: [],
  }));
  await the.db.collection('generations').insertMany(many);
  const { json } = await packed(accessContents(copyingWorld(the, policy), requestOf(person.key)));
  const prompts = json<{ data: { prompt: string } }[]>('data/generations.json').map(({ data }) => data.prompt);
  expect(new Set(prompts).size).toBe(1_203);
  expect(prompts).toHaveLength(1_203);
});
