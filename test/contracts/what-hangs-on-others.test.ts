import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { keyOf, shapedHouse } from './shapedHouse.ts';

const { ObjectId } = mongoose.mongo;

const the = await shapedHouse();
const { source } = the;
const now = new Date('2026-03-03T08:00:00Z');
let [ann, bo] = ['', ''];
beforeEach(async () => {
  ({ ann, bo } = await the.begin());
});
afterAll(() => the.close());

describe('what hangs on other records', () => {
  test('what is about somebody is in their copy without its author, and stays without the link; or it goes along', async () => {
    const [video] = await the.put('generations', { userId: keyOf(ann), prompt: 'p' });
    await the.put(
      'comments',
      { authorId: keyOf(bo), generationId: video, text: 'nice' },
      { authorId: keyOf(ann), generationId: video, text: 'my own' },
    );
    await the.put('reactions', { by: keyOf(bo), generationId: video, face: ':)' });
    const { records } = await source.exportAbout(ann, 'comments', ['text', 'authorId'], 10);
    expect(records.map(({ fields }) => fields)).toEqual([{ text: 'nice' }]);
    expect((await source.exportAbout(bo, 'comments', ['text'], 10)).records).toEqual([]);
    expect((await source.exportAbout(ann, 'teams', ['title'], 10)).records).toEqual([]);
    expect(await the.end(ann, 'generations')).toBe(1);
    expect(await the.all('comments')).toEqual([
      { authorId: keyOf(bo), text: 'nice' },
      { authorId: keyOf(ann), text: 'my own' },
    ]);
    const along = await source.recordsAbout('reactions', [video], { now, holds: [], limit: 5 });
    expect(along).toHaveLength(1);
    expect(await source.recordsAbout('reactions', [String(video)], { now, holds: [], limit: 5 })).toEqual(along);
  });

  test('what others wrote and goes along is counted beside the own; a hold on who wrote it, or on all of it, keeps it', async () => {
    const [video, other] = await the.put('generations', { userId: keyOf(ann) }, { userId: keyOf(bo) });
    await the.put(
      'reactions',
      { by: keyOf(bo), generationId: video, face: ':)' },
      { by: keyOf(bo), generationId: video, face: ':(' },
      { by: keyOf(ann), generationId: video, face: ':|' },
      { by: keyOf(bo), generationId: other, face: ':o' },
    );
    const found = (await source.survey(ann)).find(({ collection }) => collection === 'reactions');
    expect(found).toMatchObject({ count: 1, othersAlong: 2 });

    const going = async (...holds: object[]): Promise<number> => {
      const standing = holds.map((hold) => ({ kind: 'legal', ground: 'claim', from: now, ...hold }) as const);
      return (await source.recordsAbout('reactions', [video], { now, holds: standing, limit: 5 })).length;
    };
    const some = [await going(), await going({ subject: bo }), await going({ subject: bo, collection: 'payments' })];
    expect(some).toEqual([3, 1, 3]);
    expect([await going({}), await going({ collection: 'reactions' }), await going({ until: now })]).toEqual([0, 0, 3]);
    expect(await source.recordsAbout('teams', [video], { now, holds: [], limit: 5 })).toEqual([]);
  });

  test('remixes of others stay, without the link and without the copied name, and are counted', async () => {
    const [video] = await the.put('generations', { userId: keyOf(ann), prompt: 'p' });
    await the.put(
      'generations',
      { userId: keyOf(bo), parentId: video, parentAuthor: 'Ann', prompt: 'remix' },
      { userId: keyOf(ann), parentId: video, parentAuthor: 'Ann', prompt: 'own remix' },
      { userId: keyOf(bo), parentAuthor: 'Cy', parentId: new ObjectId(), prompt: 'of somebody else' },
    );
    expect((await source.survey(ann)).find(({ collection }) => collection === 'generations')?.othersWorks).toBe(1);
    expect(await the.end(ann, 'generations')).toBe(2);
    expect(await the.all('generations')).toEqual([
      { userId: keyOf(bo), prompt: 'remix' },
      { userId: keyOf(bo), parentAuthor: 'Cy', parentId: expect.anything(), prompt: 'of somebody else' },
    ]);
  });

  test('what was derived from a work leads to the person over any number of hops, and is found when all between is gone', async () => {
    const [video, other] = await the.put('generations', { userId: keyOf(ann) }, { userId: keyOf(bo) });
    const [vector, theirs] = await the.put(
      'embeddings',
      { generationId: video, vector: [1] },
      { generationId: other, vector: [2] },
    );
    await the.put('neighbours', { embeddingId: vector, rank: 1, sheet: 's.png' }, { embeddingId: theirs, rank: 2 });
    const captured = await source.identify(ann);
    expect(await the.fieldsOf(ann, 'neighbours')).toEqual([{ rank: 1, sheet: 's.png' }]);
    for (const name of ['generations', 'embeddings']) await the.end(ann, name).catch(() => undefined);
    expect(await source.recordsOf(ann, 'neighbours', 5)).toEqual([]);
    const left = await source.recordsOf(ann, 'neighbours', 5, captured);
    expect(left).toMatchObject([{ files: [{ store: 'media', key: 's.png' }] }]);
    expect(
      await source.remove(
        'neighbours',
        left.map((each) => each.id),
      ),
    ).toBe(1);
    expect(await the.all('neighbours')).toEqual([{ embeddingId: theirs, rank: 2 }]);
  });

  test('more records on the way than one question can name are gone through part by part, each once', async () => {
    const many = 2_003;
    const videos = await the.put('generations', ...Array.from({ length: many }, () => ({ userId: keyOf(ann) })));
    const theirs = await the.put('generations', { userId: keyOf(bo) });
    await the.put('embeddings', ...[...videos, ...theirs].map((video, vector) => ({ generationId: video, vector })));
    const found = (await source.survey(ann)).find(({ collection }) => collection === 'embeddings');
    expect(found).toMatchObject({ count: many });

    const seen = new Set<unknown>();
    for (let after: unknown; ; ) {
      const page = await source.exportOf(ann, 'embeddings', ['vector'], 700, after);
      for (const { fields } of page.records) seen.add((fields as { vector: number }).vector);
      if (page.next === undefined) break;
      // A walk is stored between two pages.
      after = JSON.parse(JSON.stringify(page.next));
    }
    expect(seen.size).toBe(many);
    expect(seen.has(many)).toBe(false);

    const captured = await source.identify(ann);
    await the.db.collection('generations').deleteMany({ _id: { $in: videos.slice(0, 1_000) } as object });
    const { found: left } = await source.residue(captured, { most: 10 });
    expect(left.find(({ collection }) => collection === 'embeddings')).toMatchObject({ count: many, leads: true });
  });
});
