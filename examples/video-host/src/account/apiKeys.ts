import { type Model, Types } from 'mongoose';
import type { ApiKey } from '../models/apiKey.ts';
import type { Visitor } from '../variant.ts';
import { Refusal } from '../web/refusal.ts';
import { newToken, tokenHash } from './token.ts';

/** Where an app keeps its keys and the accounts that they open. */
export interface KeyScene {
  readonly models: { readonly apiKeys: Model<ApiKey> };
  now(): Date;
}

interface Accounts<P> {
  findOne(filter: object): PromiseLike<P | null>;
}

type Owner = Visitor & { readonly _id: Types.ObjectId };

const fresh = (host: KeyScene): { key: string; stored: Pick<ApiKey, 'hash' | 'last4' | 'createdAt'> } => {
  const key = newToken('sdk_');
  return { key, stored: { hash: tokenHash(key), last4: key.slice(-4), createdAt: host.now() } };
};

/** Makes a key and answers it, the only time that anybody sees it. */
export async function newApiKey(host: KeyScene, person: Owner, name: string): Promise<string> {
  if (name === '' || name.length > 60) throw new Refusal(422, 'Please give the key a name of at most 60 letters.');
  const { key, stored } = fresh(host);
  await host.models.apiKeys.create({ userId: person._id, name, ...stored });
  return key;
}

/** Puts a new key in place of the old one. The record stays, since the logs of its calls lead through it. */
export async function rotateApiKey(host: KeyScene, person: Owner, id: string): Promise<string> {
  const mine = { _id: id, userId: person._id };
  if (!Types.ObjectId.isValid(id) || !(await host.models.apiKeys.exists(mine)))
    throw new Refusal(404, 'There is no such key.');
  const { key, stored } = fresh(host);
  await host.models.apiKeys.updateOne(mine, { $set: stored, $unset: { lastUsedAt: 1 } });
  return key;
}

/** Finds the record and the owner of a key; neither where the account is closed. */
export async function bearerOf<P>(
  host: KeyScene & { readonly models: { readonly users: Accounts<P> } },
  authorization: string,
): Promise<{ apiKey: ApiKey; person: P } | undefined> {
  const [scheme = '', key = ''] = authorization.split(' ');
  if (scheme.toLowerCase() !== 'bearer' || key === '') return undefined;
  const apiKey = await host.models.apiKeys.findOne({ hash: tokenHash(key) }).lean();
  const person = apiKey && (await host.models.users.findOne({ _id: apiKey.userId, closedAt: null }));
  if (!apiKey || !person) return undefined;
  await host.models.apiKeys.updateOne({ _id: apiKey._id }, { lastUsedAt: host.now() });
  return { apiKey, person };
}
