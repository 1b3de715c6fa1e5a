import type { RequestHandler } from 'express';
import { KeptError } from '../kernel/keptError.ts';

/**
 * Answers `/.well-known/gpc.json`, which says that the site heeds `Sec-GPC` (W3C Global Privacy Control, its support resource). Mount it
 * only where `kept.cookies` sees every request. `lastUpdate` is the day, YYYY-MM-DD, on which that was last checked.
 */
export function globalPrivacyControl(lastUpdate: string): RequestHandler {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(lastUpdate)) {
    throw new KeptError('INPUT_INVALID', 'There is no usable day', {
      place: 'globalPrivacyControl, lastUpdate',
      remedy: 'Give it as YYYY-MM-DD.',
    });
  }
  return (_req, res) => void res.json({ gpc: true, lastUpdate });
}
