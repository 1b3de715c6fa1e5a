import { governs } from '@kept/core';
import { type Model, Schema, Types } from 'mongoose';
import { keptOnDatabase, NOW } from './keptOnDatabase.ts';
import { compare } from './ratio.ts';

const COUNT = 10_000;
const SAVES = 500;

/** Fields of a generation as a host stores it, twenty of them with those of its files. */
const fields = {
  userId: Schema.Types.ObjectId,
  parentId: Schema.Types.ObjectId,
  prompt: String,
  model: String,
  references: [new Schema({ file: String }, { _id: false })],
  outputs: [new Schema({ file: String }, { _id: false })],
  visibility: String,
  createdAt: Date,
  savedAt: Date,
  unsavedAt: Date,
};

function generation(at: number): object {
  const file = (part: number): { file: string } => ({ file: `media/${at}-${part}-9f86d081884c7d65.mp4` });
  return {
    userId: new Types.ObjectId(),
    parentId: new Types.ObjectId(),
    prompt: `A lighthouse in the storm of ${1900 + (at % 100)}, seen from the sea, take ${at}, slow pan, 24 frames a second`,
    model: 'seedance-2.0-pro',
    references: [1, 2, 3, 4, 5].map(file),
    outputs: [6, 7, 8, 9, 10].map(file),
    visibility: 'private',
    createdAt: NOW,
    savedAt: NOW,
    unsavedAt: NOW,
  };
}

/** Writes through governed models against the same writes through bare ones, on the same server. */
export async function benchGuard(): Promise<void> {
  const { connection, close } = await keptOnDatabase();
  const bare = connection.model('Bare', new Schema(fields, { collection: 'bare' }));
  const schema = new Schema(fields, { collection: 'generations' });
  const governed = connection.model('Governed', schema.plugin(governs('generations')));

  const many = Array.from({ length: COUNT }, (_, at) => generation(at));
  const insert = (model: Model<never>) => async (): Promise<number> => (await model.insertMany(many)).length;
  const save = (model: Model<never>) => async (): Promise<number> => {
    for (const one of many.slice(0, SAVES)) await model.create(one as never);
    return SAVES;
  };
  const contenders = (run: (model: Model<never>) => () => Promise<number>) =>
    Object.entries({ 'a bare model, the limit': bare, 'a governed model': governed }).map(([name, model]) => ({
      name,
      prepare: () => model.deleteMany({}),
      run: run(model as unknown as Model<never>),
    }));
  await compare(`insertMany of ${COUNT} records of 20 fields`, 'records', contenders(insert));
  await compare(`${SAVES} saves, one after the other`, 'saves', contenders(save));
  await close();
}
