import { Types } from 'mongoose';
import type { Host, Person } from '../host.ts';
import type { ApiKey } from '../models/apiKey.ts';
import { Refusal } from '../web/refusal.ts';
import { newToken, tokenHash } from './token.ts';

const fresh = (host: Host): { key: string; stored: Pick<ApiKey, 'hash' | 'last4' | 'createdAt'> } => {
  const key = newToken('sdk_');
  return { key, stored: { hash: tokenHash(key), last4: key.slice(-4), createdAt: host.now() } };
};

/** Makes a key and answers it, the only time that anybody sees it. */
export async function newApiKey(host: Host, person: Person, name: string): Promise<string> {
  if (name === '' || name.length > 60) throw new Refusal(422, 'Please give the key a name of at most 60 letters.');
  const { key, stored } = fresh(host);
  await host.models.apiKeys.create({ userId: person._id, name, ...stored });
  return key;
}

/** Puts a new key in place of the old one. The record stays, since the logs of its calls lead through it. */
export async function rotateApiKey(host: Host, person: Person, id: string): Promise<string> {
  const mine = { _id: id, userId: person._id };
  if (!Types.ObjectId.isValid(id) || !(await host.models.apiKeys.exists(mine)))
    throw new Refusal(404, 'There is no such key.');
  const { key, stored } = fresh(host);
  await host.models.apiKeys.updateOne(mine, { $set: stored, $unset: { lastUsedAt: 1 } });
  return key;
}

/** Finds the record and the owner of a key; neither where the account is closed. */
export async function bearerOf(
  host: Host,
  authorization: string,
): Promise<{ apiKey: ApiKey; person: Person } | undefined> {
  const [scheme = '', key = ''] = authorization.split(' ');
  if (scheme.toLowerCase() !== 'bearer' || key === '') return undefined;
  const apiKey = await host.models.apiKeys.findOne({ hash: tokenHash(key) }).lean();
  const person = apiKey && (await host.models.users.findOne({ _id: apiKey.userId, closedAt: null }));
  if (!apiKey || !person) return undefined;
  await host.models.apiKeys.updateOne({ _id: apiKey._id }, { lastUsedAt: host.now() });
  return { apiKey, person };
}
