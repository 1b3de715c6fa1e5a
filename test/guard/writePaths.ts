import { type Model, Types } from 'mongoose';
import type { Loose } from './governedHouse.ts';

/** One way to write values into a collection; `there` is the key of a record that stands in it. */
export interface WritePath {
  readonly name: string;
  write(model: Model<Loose>, values: Loose, there: Types.ObjectId): Promise<unknown>;
}

const path = (name: string, write: WritePath['write']): WritePath => ({ name, write });

/** The record that is there, with new values, as the library tracks its changes. */
async function changed(model: Model<Loose>, values: Loose, there: Types.ObjectId) {
  const record = await model.findById(there).orFail();
  record.set(values);
  for (const name of Object.keys(values)) record.markModified(name);
  return record;
}

/** By a filter that finds nothing, so that an upsert makes a record. */
const nothing = (): { _id: Types.ObjectId } => ({ _id: new Types.ObjectId() });

/** All ways in which the library writes whole records or single fields. */
export const writePaths: readonly WritePath[] = [
  path('save of a new document', (model, values) => new model(values).save()),
  path('save of a changed document', async (model, values, there) => (await changed(model, values, there)).save()),
  path('save of a new document without validation', (model, values) =>
    new model(values).save({ validateBeforeSave: false }),
  ),
  path('save without middleware', (model, values) => new model(values).save({ middleware: false } as never)),
  path('create', (model, values) => model.create(values)),
  // Several are saved one by one: what came before the refused one stays.
  path('create of several', (model, values) => model.create([values, { name: 'Mara' }], { ordered: true })),
  path('insertOne', (model, values) => model.insertOne(values)),
  path('insertMany', (model, values) => model.insertMany([{ name: 'Mara' }, values])),
  path('insertMany, unordered', (model, values) => model.insertMany([{ name: 'Mara' }, values], { ordered: false })),
  path('insertMany, lean', (model, values) => model.insertMany([{ name: 'Mara' }, values], { lean: true })),
  path('insertMany, raw result', (model, values) =>
    model.insertMany([{ name: 'Mara' }, values], { rawResult: true, ordered: false }),
  ),
  path('bulkSave', async (model, values) => model.bulkSave([new model({ name: 'Mara' }), new model(values)])),
  path('bulkSave of a changed document', async (model, values, there) =>
    model.bulkSave([await changed(model, values, there)]),
  ),
  path('updateOne', (model, values, there) => model.updateOne({ _id: there }, values)),
  path('updateOne by $set', (model, values, there) => model.updateOne({ _id: there }, { $set: values })),
  path('updateOne without middleware', (model, values, there) =>
    model.updateOne({ _id: there }, { $set: values }, { middleware: false } as never),
  ),
  path('updateOne by $setOnInsert', (model, values) =>
    model.updateOne(nothing(), { $setOnInsert: values }, { upsert: true }),
  ),
  path('updateOne by a pipeline', (model, values, there) =>
    model.updateOne({ _id: there }, [{ $set: values }], { updatePipeline: true }),
  ),
  path('updateMany', (model, values) => model.updateMany({}, { $set: values })),
  path('upsert', (model, values) => model.updateOne(nothing(), { $set: values }, { upsert: true })),
  path('upsert by its filter', (model, values) =>
    model.updateOne(
      { ...nothing(), ...values },
      { $set: { seenAt: new Date(0) } },
      { upsert: true, strictQuery: false },
    ),
  ),
  path('findOneAndUpdate', (model, values, there) => model.findOneAndUpdate({ _id: there }, { $set: values })),
  path('findByIdAndUpdate', (model, values, there) => model.findByIdAndUpdate(there, values)),
  path('replaceOne', (model, values, there) => model.replaceOne({ _id: there }, values)),
  path('findOneAndReplace', (model, values, there) => model.findOneAndReplace({ _id: there }, values)),
  path('Document#updateOne', async (model, values, there) =>
    (await model.findById(there).orFail()).updateOne({ $set: values }),
  ),
  path('Document#replaceOne', async (model, values, there) =>
    (await model.findById(there).orFail()).replaceOne(values as never),
  ),
  ...(
    [
      ['insertOne', (document: Loose) => ({ insertOne: { document } })],
      ['updateOne', (values: Loose, _id: unknown) => ({ updateOne: { filter: { _id }, update: { $set: values } } })],
      ['updateMany', (values: Loose) => ({ updateMany: { filter: {}, update: { $set: values } } })],
      ['replaceOne', (replacement: Loose, _id: unknown) => ({ replaceOne: { filter: { _id }, replacement } })],
      [
        'updateOne with upsert',
        (values: Loose) => ({ updateOne: { filter: nothing(), update: { $set: values }, upsert: true } }),
      ],
    ] as const
  ).flatMap(([name, operation]) => [
    path(`bulkWrite ${name}`, (model, values, there) =>
      model.bulkWrite([{ insertOne: { document: { name: 'Mara' } } }, operation(values, there)] as never),
    ),
    path(`bulkWrite ${name}, unordered, not strict, without dates`, (model, values, there) =>
      model.bulkWrite([operation(values, there)] as never, { ordered: false, strict: false, timestamps: false }),
    ),
  ]),
  path('the collection of the model', (model, values) => model.collection.insertOne(values)),
  path('bulkWrite of the connection', (model, values) =>
    model.db.bulkWrite([{ model, name: 'insertOne', document: values }] as never),
  ),
];
