import type { RequestHandler } from 'express';
import { Refusal } from '../../src/web/refusal.ts';

const minute = 60_000;

/** Refuses an address that calls more often than that in a minute. It is held for this minute only, and in memory. */
export function rateLimit({ perMinute, now }: { perMinute: number; now(): Date }): RequestHandler {
  let since = now().getTime();
  let calls = new Map<string, number>();

  return (req, res, next) => {
    const at = now().getTime();
    if (at - since >= minute) [since, calls] = [at, new Map()];
    const address = req.ip ?? '';
    const made = (calls.get(address) ?? 0) + 1;
    calls.set(address, made);
    if (made > perMinute) {
      res.set('retry-after', String(Math.ceil((since + minute - at) / 1000)));
      throw new Refusal(429, 'That were too many calls for one minute.');
    }
    next();
  };
}
