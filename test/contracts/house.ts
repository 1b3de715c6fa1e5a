import mongoose from 'mongoose';
import { aDatabase } from './aDatabase.ts';

const { ObjectId } = mongoose.mongo;
type Id = mongoose.mongo.ObjectId;
type Fields = Record<string, unknown>;

export const HOUR = 3_600_000;
export const DAY: number = 24 * HOUR;

/** A host's database, by the inventory of sdance-ai, and short ways to fill it. */
export interface House {
  readonly db: mongoose.mongo.Db;
  close(): Promise<void>;
  /** Answers the string form of the key. */
  user(fields: Fields): Promise<string>;
  video(fields: Fields & { input?: string }): Promise<Id>;
  apiKey(user: string): Promise<Id>;
  log(keyId: Id, at: Date): Promise<Id>;
  payment(user: string, paidAt: Date): Promise<Id>;
}

export async function house(): Promise<House> {
  const { db, close } = await aDatabase();
  const insert = async (name: string, fields: Fields): Promise<Id> => {
    const _id = (fields._id as Id) ?? new ObjectId();
    await db.collection(name).insertOne({ ...fields, _id });
    return _id;
  };
  return {
    db,
    close,
    user: async (fields) => String(await insert('users', { identities: [], name: 'N', ...fields })),
    async video({ input, ...fields }) {
      const _id = new ObjectId();
      const references = [{ file: input ?? `uploads/${_id}.png` }];
      return insert('generations', { _id, references, outputs: [{ file: `generations/${_id}.mp4` }], ...fields });
    },
    apiKey: (user) => insert('apiKeys', { userId: new ObjectId(user), hash: 'h' }),
    log: (keyId, at) => insert('apiLogs', { keyId, at, path: '/v1', ip: '192.0.2.1' }),
    payment: (user, paidAt) => insert('payments', { userId: new ObjectId(user), amount: 900, paidAt }),
  };
}
