import type { RequestHandler } from 'express';
import { bearerOf } from '../../src/account/apiKeys.ts';
import type { Parts } from '../../src/variant.ts';
import { modelsOn } from './models.ts';

/** Puts the developer whose key came with the call on `req.user`; this API has no other way to sign in. */
export function callers({ connection, now }: Omit<Parts, 'kept'>): RequestHandler {
  const models = modelsOn(connection);
  return async (req, _res, next) => {
    const bearer = await bearerOf({ models, now }, req.get('authorization') ?? '');
    if (bearer) req.user = bearer.person;
    next();
  };
}
