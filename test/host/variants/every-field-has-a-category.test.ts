import { describe, expect, test } from '@jest/globals';
import { loadPack, type Policy } from '@kept/core';
import { type Connection, Schema } from 'mongoose';
import { variants } from '../../../examples/video-host/variants/index.ts';

type Collection = Policy['inventory']['collections'][number];

/** What the models of a variant can store: paths as an inventory writes them, by collection. No database is asked. */
async function schemasOf(pack: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const schemas = new Map<string, readonly string[]>();
  const model = (_name: string, schema: Schema, collection: string): object => {
    schemas.set(collection, leavesOf(schema).sort());
    return { init: async () => undefined };
  };
  await (await variants[pack]?.())?.prepare({ models: {}, model } as unknown as Connection);
  return schemas;
}

function leavesOf(schema: Schema, at = ''): string[] {
  return Object.entries(schema.paths).flatMap(([name, type]) => {
    const path = `${at}${name}`;
    const isList = type.instance === 'Array';
    if (type.schema) return leavesOf(type.schema, `${path}${isList ? '[]' : ''}.`);
    return isList ? [`${path}[]`] : [path];
  });
}

/** What names a record or leads from it to its person, and is no datum of its own. */
function leadsOf({ subject, lineage }: Collection): readonly string[] {
  return ['_id', ...(subject.by === 'self' ? [subject.key] : [subject.field]), ...(lineage ? [lineage.parent] : [])];
}

/** Fields of a record that rules ask for: dates, tests and traits. */
function askedOf({ anchors, predicates, traits = {} }: Collection): readonly string[] {
  return [...Object.values(anchors), ...Object.values(predicates).map(({ field }) => field), ...Object.values(traits)];
}

describe.each(Object.keys(variants))('the models and the inventory of %s', (pack) => {
  const loaded = async (): Promise<readonly [Policy, ReadonlyMap<string, readonly string[]>]> =>
    Promise.all([loadPack(pack), schemasOf(pack)]);

  test('have the same collections, and each field of a model has a category and each category a field', async () => {
    const [{ inventory }, schemas] = await loaded();
    expect(inventory.collections.map(({ name }) => name).sort()).toEqual([...schemas.keys()].sort());
    for (const collection of inventory.collections) {
      const stored = schemas.get(collection.name) ?? [];
      const known = collection.fields.map(({ path }) => path);
      const leads = leadsOf(collection);
      expect([collection.name, stored.filter((path) => !leads.includes(path))]).toEqual([
        collection.name,
        known.sort(),
      ]);
      expect([collection.name, leads.filter((path) => !stored.includes(path))]).toEqual([collection.name, []]);
    }
  });

  test('agree on dates, on what is tested, and on what is a file', async () => {
    const [{ inventory }, schemas] = await loaded();
    for (const collection of inventory.collections) {
      const stored = schemas.get(collection.name) ?? [];
      expect(askedOf(collection).filter((path) => !stored.includes(path))).toEqual([]);
      const files = collection.fields.filter(({ file }) => file !== undefined).map(({ path }) => path);
      expect([collection.name, files.sort()]).toEqual([
        collection.name,
        stored.filter((path) => /(^|\.)(file|avatar)$/.test(path) && path !== 'sources.avatar'),
      ]);
    }
  });

  test('leave no category that the service says it keeps without a place', async () => {
    const { categories, inventory } = await loadPack(pack);
    const kept = new Set(inventory.collections.flatMap(({ fields }) => fields).map(({ category }) => category));
    const named = categories.filter(({ held }) => held === 'host').map(({ name }) => name);
    expect(named.filter((name) => !kept.has(name))).toEqual([]);
    expect([...kept].filter((name) => !named.includes(name))).toEqual([]);
  });
});

test('a field that nobody put into the inventory would be found, however deep it lies', () => {
  const part = new Schema({ file: String, notes: [String] }, { _id: false });
  const schema = new Schema({ 'seen.at': Date, one: part, many: [part] });
  expect(leavesOf(schema).sort()).toEqual([
    '_id',
    'many[].file',
    'many[].notes[]',
    'one.file',
    'one.notes[]',
    'seen.at',
  ]);
});
