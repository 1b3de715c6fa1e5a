import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Policy } from '@kept/core';
import fc from 'fast-check';
import mongoose from 'mongoose';
import { keyText } from '../../packages/core/src/adapters/data/keyForms.ts';
import { mongoData } from '../../packages/core/src/adapters/data/mongoData.ts';
import type { PersonalDataSource } from '../../packages/core/src/engine/ports/personalDataSource.ts';
import { type House, house } from './house.ts';
import { shaped } from './shapes.ts';

const { BSON, Decimal128, Double, Int32, Long, ObjectId, UUID } = mongoose.mongo;

let the: House;
beforeAll(async () => {
  the = await house();
});
afterAll(() => the.close());

/** Where the person stands: the lists on the way, each below the one before, and the key in the innermost element. */
interface Form {
  readonly lists: readonly string[];
  readonly key: string;
}

type Value = unknown;
interface Element {
  readonly who: 'ann' | 'bo' | 'nobody';
  readonly tag: number;
  readonly more: Value;
}

const keys: readonly (readonly [Value, Value])[] = [
  [new ObjectId(), new ObjectId()],
  [new UUID(), new UUID()],
  ['u_ann', 'u_bo'],
  [7_001, 7_002],
  [Long.fromString('9007199254740993'), Long.fromString('9007199254740995')],
  [
    { t: 'a', n: 1 },
    { t: 'a', n: 2 },
  ],
];
const forms = fc.record<Form>({
  lists: fc.constantFrom([], ['members'], ['house.members'], ['threads', 'posts'], ['a', 'b.c', 'd']),
  key: fc.constantFrom('by', 'user.id'),
});
const values: fc.Arbitrary<Value> = fc.constantFrom(
  ...[null, '', 'text', 0, new Double(5), new Int32(5), Long.fromString('5'), Decimal128.fromString('5.10')],
  ...[new Date(0), [], {}, [[1], { x: [] }], { y: null, z: new ObjectId() }],
);
const elements = fc.record({ who: fc.constantFrom('ann', 'bo', 'nobody'), tag: fc.nat(), more: values });
const records = fc.array(fc.array(fc.array(elements, { maxLength: 3 }), { maxLength: 3 }), { maxLength: 3 });

test('what a person gets and what is left of others is everything, and an erasure leaves the others to the byte', async () => {
  await fc.assert(
    fc.asyncProperty(forms, fc.constantFrom(...keys), records, async (form, [ann, bo], shape) => {
      const owners: Record<string, Value> = { ann, bo, nobody: null };
      const all = form.lists.length === 0 ? shape.flatMap((lists) => lists.map((list) => list.slice(0, 1))) : shape;
      const written = all.map((lists, index) => document(form, lists.flat(), index, owners, () => true));
      const left = all.flatMap((lists, index) => {
        const goes = form.lists.length === 0 && lists.flat()[0]?.who === 'ann';
        return goes ? [] : [document(form, lists.flat(), index, owners, ({ who }) => who !== 'ann')];
      });
      const source = await holding(form, written, left);
      const subject = keyText(ann);

      const exported = await source.exportOf(subject, 'things', [path(form, 'tag')], 100);
      const tags = (who: (one: Element) => boolean): number[] =>
        all
          .flat(2)
          .filter(who)
          .map(({ tag }) => tag)
          .sort();
      expect(tagsIn(exported.records).sort()).toEqual(tags(({ who }) => who === 'ann'));

      for (;;) {
        const found = await source.recordsOf(subject, 'things', 2);
        if (found.length === 0) break;
        // A unit is written down before it is carried out, and may be read again by another process.
        const { ids } = BSON.deserialize(BSON.serialize({ ids: found.map((each) => each.id) }));
        expect(await source.remove('things', ids)).toBe(found.length);
      }
      expect(await bytes('things')).toEqual(await bytes('expected'));
      expect(tagsIn(await the.db.collection('things').find({}).toArray()).sort()).toEqual(
        tags(({ who }) => who !== 'ann'),
      );
    }),
    { seed: 4, numRuns: 60 },
  );
});

/** A record with the elements at the end of the lists; beside them stands what belongs to nobody. */
function document(
  { lists, key }: Form,
  all: readonly Element[],
  index: number,
  owners: Readonly<Record<string, Value>>,
  stays: (element: Element) => boolean,
): object {
  const made = (each: Element): object => ({
    more: each.more,
    ...nested(key.split('.'), owners[each.who]),
    tag: each.tag,
  });
  if (lists.length === 0) return { _id: index, title: 't', ...(all[0] ? made(all[0]) : {}) };
  const list = all.filter(stays).map(made);
  const [outer = '', ...inner] = lists;
  const within = inner.reduceRight<object[]>(
    (deeper, name) => [{ no: new Double(1), ...nested(name.split('.'), deeper) }, { no: 2 }],
    list,
  );
  return { _id: index, title: 't', ...nested(outer.split('.'), inner.length === 0 ? list : within) };
}

function nested(path: readonly string[], value: Value): object {
  return path.reduceRight<Value>((inside, name) => ({ [name]: inside }), value) as object;
}

function path({ lists }: Form, field: string): string {
  return [...lists.map((name) => `${name}[]`), field].join('.');
}

async function holding(form: Form, written: object[], left: object[]): Promise<PersonalDataSource> {
  for (const [name, all] of [
    ['things', written],
    ['expected', left],
  ] as const) {
    await the.db.collection(name).deleteMany({});
    if (all.length > 0) await the.db.collection(name).insertMany(all);
  }
  const [first] = shaped.inventory.collections;
  const things = {
    name: 'things',
    subject: { by: 'reference', field: path(form, form.key) },
    ...{ anchors: {}, predicates: {} },
    fields: [{ path: path(form, 'tag'), category: 'account.profile', export: 'always' }],
  } as const;
  const policy: Policy = { ...shaped, inventory: { ...shaped.inventory, collections: first ? [first, things] : [] } };
  return mongoData(
    () => the.db,
    () => policy,
  );
}

function tagsIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(tagsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => (name === 'tag' ? [each as number] : tagsIn(each)));
}

async function bytes(name: string): Promise<string[]> {
  const found = await the.db.collection(name).find({}, { raw: true }).sort({ _id: 1 }).toArray();
  return found.map((each) => Buffer.from(each as unknown as Uint8Array).toString('hex'));
}
