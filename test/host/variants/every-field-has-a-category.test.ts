import { describe, expect, test } from '@jest/globals';
import { compareSchemas, loadPack, type ScanFinding } from '@kept/core';
import mongoose, { type Connection, Schema } from 'mongoose';
import { variants } from '../../../examples/video-host/variants/index.ts';
import { schemasOf } from '../../../packages/core/src/adapters/data/schemasOf.ts';

/** The models that a variant binds to a connection. No database is asked. */
async function modelsOf(pack: string): Promise<Record<string, object>> {
  const models: Record<string, object> = {};
  const model = (name: string, schema: Schema, collection: string): object => {
    models[name] = { schema, collection: { name: collection } };
    return { init: async () => undefined };
  };
  await (await variants[pack]?.())?.prepare({ models: {}, model } as unknown as Connection);
  return models;
}

const placesOf = (findings: readonly ScanFinding[]): string[] =>
  findings.map(({ code, where }) => `${code} ${where}`).sort();

describe.each(Object.keys(variants))('the models and the inventory of %s', (pack) => {
  test('have the same collections, and each field of a model has a category and each category a field', async () => {
    expect(compareSchemas(await loadPack(pack), await modelsOf(pack))).toEqual([]);
  });

  test('agree on what is a file', async () => {
    const [{ inventory }, models] = [await loadPack(pack), await modelsOf(pack)];
    const stored = schemasOf(models).flatMap(({ collection, paths }) =>
      paths.map(({ path }) => `${collection}.${path}`),
    );
    const files = inventory.collections.flatMap(({ name, fields }) =>
      fields.filter(({ file }) => file !== undefined).map(({ path }) => `${name}.${path}`),
    );
    expect(files.sort()).toEqual(
      stored.filter((path) => /\.(file|avatar)$/.test(path) && !path.endsWith('sources.avatar')).sort(),
    );
  });

  test('leave no category that the service says it keeps without a place', async () => {
    const { categories, inventory } = await loadPack(pack);
    const kept = new Set(inventory.collections.flatMap(({ fields }) => fields).map(({ category }) => category));
    const named = categories.filter(({ held }) => held === 'host').map(({ name }) => name);
    expect(named.filter((name) => !kept.has(name))).toEqual([]);
    expect([...kept].filter((name) => !named.includes(name))).toEqual([]);
  });
});

describe('models that an inventory does not know', () => {
  const compared = async (change: Schema, more: Record<string, object> = {}): Promise<string[]> => {
    const models = await modelsOf('sdance-ai');
    const generations = models.generations as { schema: Schema };
    const schema = generations.schema.clone().add(change);
    const changed = { ...models, generations: { ...generations, schema }, ...more };
    return placesOf(compareSchemas(await loadPack('sdance-ai'), changed));
  };

  test('a field that nobody put into the inventory is found, however deep it lies', async () => {
    const part = new Schema({ file: String, notes: [String] }, { _id: false });
    expect(
      await compared(
        new Schema({
          'seen.at': Date,
          one: part,
          many: [part],
          nested: [[{ deep: Number }]],
          byName: { type: Map, of: part },
        }),
      ),
    ).toEqual([
      'FIELD_UNLISTED generations.byName.*.file',
      'FIELD_UNLISTED generations.byName.*.notes[]',
      'FIELD_UNLISTED generations.many[].file',
      'FIELD_UNLISTED generations.many[].notes[]',
      'FIELD_UNLISTED generations.nested[][].deep',
      'FIELD_UNLISTED generations.one.file',
      'FIELD_UNLISTED generations.one.notes[]',
      'FIELD_UNLISTED generations.seen.at',
    ]);
  });

  test('a new collection is found, and one that says that it holds nothing of people is not', async () => {
    const schema = new Schema({ name: String });
    expect(await compared(new Schema({}), { plans: { schema, collection: { name: 'plans' } } })).toEqual([
      'COLLECTION_UNLISTED plans',
    ]);
    expect(await compared(new Schema({}), { jobs: { schema, collection: { name: 'agendaJobs' } } })).toEqual([]);
  });

  test('kinds of a record and of its parts are looked into, and what Mongoose itself adds to them is not reported', async () => {
    const part = new Schema({ at: Date }, { discriminatorKey: 'sort' });
    const parts = new Schema({ parts: [part] });
    (parts.path('parts') as unknown as { discriminator(name: string, schema: Schema): void }).discriminator(
      'Click',
      new Schema({ x: Number }),
    );
    expect(await compared(parts)).toEqual([
      'FIELD_UNLISTED generations.parts[].at',
      'FIELD_UNLISTED generations.parts[].x',
    ]);

    const base = (await modelsOf('sdance-ai')).generations as { schema: Schema };
    const kind = { schema: base.schema.clone().add({ extra: String }), collection: { name: 'generations' } };
    expect(await compared(new Schema({}), { Kind: kind })).toEqual(['FIELD_UNLISTED generations.extra']);
  });

  test('a date that periods count from and a key of a file must be stored as such', async () => {
    const models = await modelsOf('sdance-ai');
    const schema = (models.generations as { schema: Schema }).schema.clone();
    schema.path('createdAt', String);
    schema.path('outputs', [{ file: Buffer, _id: false }]);
    const changed = { ...models, generations: { schema, collection: { name: 'generations' } } };
    expect(placesOf(compareSchemas(await loadPack('sdance-ai'), changed))).toEqual([
      'ANCHOR_NO_DATE generations.createdAt',
      'FILE_KEY_UNREADABLE generations.outputs[].file',
    ]);
  });

  test('a model that takes whatever comes is told of, and what no model stores is too', async () => {
    const models = await modelsOf('sdance-ai');
    const { apiKeys, generations, ...others } = models;
    const open = (generations as { schema: Schema }).schema.clone().set('strict', false);
    const kept = { ...others, generations: { schema: open, collection: { name: 'generations' } } };
    expect(placesOf(compareSchemas(await loadPack('sdance-ai'), kept))).toEqual([
      'COLLECTION_NOWHERE apiKeys',
      'SCHEMA_OPEN generations',
    ]);

    const less = (generations as { schema: Schema }).schema.clone();
    less.remove('unsavedAt');
    const without = { ...models, generations: { schema: less, collection: { name: 'generations' } } };
    expect(placesOf(compareSchemas(await loadPack('sdance-ai'), without))).toEqual([
      'FIELD_NOWHERE generations.unsavedAt',
    ]);
    expect(compareSchemas(await loadPack('sdance-ai'), without)[0]?.severity).toBe('warning');
  });

  test('a connection serves as well as its models, and where there are none nothing passes for clean', async () => {
    const connection = mongoose.createConnection();
    connection.model('Plan', new Schema({ name: String }), 'plans');
    const policy = await loadPack('sdance-ai');
    const unlisted = (given: object): string[] =>
      placesOf(compareSchemas(policy, given)).filter((each) => each.startsWith('COLLECTION_UNLISTED'));
    for (const given of [connection, connection.models, { default: connection }, { Plan: connection.models.Plan }]) {
      expect(unlisted(given as object)).toEqual(['COLLECTION_UNLISTED plans']);
    }
    for (const none of [{}, [], { models: {} }]) {
      expect(() => compareSchemas(policy, none)).toThrow(expect.objectContaining({ code: 'MODELS_INVALID' }));
    }
  });
});
