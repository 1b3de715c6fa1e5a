import type { RequestHandler } from 'express';
import { Types } from 'mongoose';
import { callLog } from '../../src/web/callLog.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { Studio } from './studio.ts';

const within = 10 * 60_000;
const refusalsAllowed = 10;

/** Writes a line about each request. The token of a sharing link is a key, and no log holds keys. */
export function requestLog({ models, now }: Studio): RequestHandler {
  return callLog((req, call) =>
    models.requestLogs.create({
      ...(req.user && { userId: new Types.ObjectId(req.user.id) }),
      ...call,
      at: now(),
      method: req.method,
      path: req.path.replace(/^\/s\/[^/]+/, '/s/…'),
      ip: req.ip ?? '',
      userAgent: (req.get('user-agent') ?? '').slice(0, 300),
    }),
  );
}

/** Slows down an address from which ten sign-ins were refused within ten minutes: the log says so. */
export function rateLimit({ models, now }: Studio): RequestHandler {
  return async (req, _res, next) => {
    if (req.method === 'POST' && req.path === '/sign-in') {
      const since = new Date(now().getTime() - within);
      const refused = { ip: req.ip ?? '', at: { $gt: since }, path: '/sign-in', status: 401 };
      if ((await models.requestLogs.countDocuments(refused)) >= refusalsAllowed)
        throw new Refusal(429, 'Too many tries from here. Please wait ten minutes.');
    }
    next();
  };
}
