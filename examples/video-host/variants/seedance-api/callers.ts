import type { RequestHandler } from 'express';
import { bearerOf } from '../../src/account/apiKeys.ts';
import { newToken, tokenHash } from '../../src/account/token.ts';
import type { Parts } from '../../src/variant.ts';
import { type Models, modelsOn } from './models.ts';

/** Puts the developer whose key came with the call on `req.user`; this API has no other way to sign in. */
export function callers({ connection, now }: Omit<Parts, 'kept'>): RequestHandler {
  const models = modelsOn(connection);
  return async (req, _res, next) => {
    const bearer = await bearerOf({ models, now }, req.get('authorization') ?? '');
    if (bearer) req.user = bearer.person;
    next();
  };
}

/** Their keys open nothing any more. The records stay until they are erased, and are counted there. */
export async function shutOut({ apiKeys }: Pick<Models, 'apiKeys'>, developer: string): Promise<void> {
  const mine = await apiKeys.find({ userId: developer }, { _id: 1 }).lean();
  for (const { _id } of mine) await apiKeys.updateOne({ _id }, { hash: tokenHash(newToken('')) });
}
