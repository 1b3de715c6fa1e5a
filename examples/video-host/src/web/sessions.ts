import type { Request, RequestHandler, Response } from 'express';
import type { Model, Types } from 'mongoose';
import { newToken, tokenHash } from '../account/token.ts';
import type { Session } from '../models/session.ts';
import type { Visitor } from '../variant.ts';
import { cookieIn } from './cookieIn.ts';

const cookieName = 'sid';
const day = 86_400_000;
const lastsFor = 30 * day;
const seenEvery = 5 * 60_000;

/** Where an app keeps its accounts and who is signed in to them. */
export interface SessionScene {
  readonly models: { readonly sessions: Model<Session>; readonly users: Accounts };
  now(): Date;
}

/** The part of a model of accounts that sessions use: `closedAt` ends them, `seenAt` is written down. */
interface Accounts {
  findOne(filter: object): PromiseLike<Account | null>;
  updateOne(filter: object, change: object): PromiseLike<unknown>;
}

type Account = Visitor & { readonly _id: Types.ObjectId };

/** Puts the signed-in person on `req.user`; a session that nobody used for 30 days is over. */
export function sessions({ models, now }: SessionScene): RequestHandler {
  return async (req, _res, next) => {
    const token = cookieIn(req, cookieName);
    if (token && !req.user) {
      const at = now();
      const session = await models.sessions.findOne({ tokenHash: tokenHash(token) });
      if (session && at.getTime() - session.seenAt.getTime() < lastsFor) {
        const user = await models.users.findOne({ _id: session.userId, closedAt: null });
        if (user) req.user = user;
        if (user && at.getTime() - session.seenAt.getTime() >= seenEvery) {
          await models.sessions.updateOne({ _id: session._id }, { seenAt: at });
          await models.users.updateOne({ _id: user._id }, { seenAt: at });
        }
      }
    }
    next();
  };
}

/** Starts a session and hands its token to the browser. */
export async function signIn(
  { models, now }: SessionScene,
  req: Request,
  res: Response,
  person: Account,
): Promise<void> {
  const token = newToken('');
  const at = now();
  await models.sessions.create({
    userId: person._id,
    tokenHash: tokenHash(token),
    ip: req.ip ?? '',
    userAgent: (req.get('user-agent') ?? '').slice(0, 300),
    createdAt: at,
    seenAt: at,
  });
  await models.users.updateOne({ _id: person._id }, { seenAt: at });
  res.cookie(cookieName, token, { httpOnly: true, sameSite: 'lax', secure: req.secure, maxAge: lastsFor, path: '/' });
}

export async function signOut({ models }: SessionScene, req: Request, res: Response): Promise<void> {
  const token = cookieIn(req, cookieName);
  if (token) await models.sessions.deleteOne({ tokenHash: tokenHash(token) });
  res.clearCookie(cookieName, { path: '/' });
}
