import { cookiesOf } from '@kept/core';
import type { Request, RequestHandler, Response } from 'express';
import type { Types } from 'mongoose';
import { newToken, tokenHash } from '../../src/account/token.ts';
import { cookieIn } from '../../src/web/cookieIn.ts';
import type { FirstVisit } from './models.ts';
import { countryOf, type Site } from './site.ts';

/** The cookie that marks a browser whose first visit was written down. */
export const mark = 'visit';
const kind = 'analytics';
const year = 365 * 86_400_000;

/**
 * Writes down how a visitor found the site, once: whoever bears the mark of a first visit is not looked at again. The mark
 * is an analytics cookie, so that nothing is written before it may be set; the page asks instead, and what was written goes
 * once somebody says no.
 */
export function firstVisit(site: Site): RequestHandler {
  return async (req, res, next) => {
    if (req.method !== 'GET') return next();
    const token = cookieIn(req, mark);
    const { may, said } = cookiesOf(req);
    if (may(kind)) {
      if (!token) await remember(site, req, res);
    } else if (said(kind) === undefined) {
      res.locals.asks = { kind, back: backTo(req) };
    } else if (token) {
      await site.models.firstVisits.deleteOne({ tokenHash: tokenHash(token) });
    }
    next();
  };
}

/** Hands the first visit to the account that the visitor opened. */
export async function adoptVisit({ models }: Site, req: Request, userId: Types.ObjectId): Promise<void> {
  const token = cookieIn(req, mark);
  if (token) await models.firstVisits.updateOne({ tokenHash: tokenHash(token), userId: null }, { userId });
}

async function remember({ models, now }: Site, req: Request, res: Response): Promise<void> {
  // Somebody with an account had a first visit long ago, with this browser or another.
  if (req.user) return;
  const token = newToken('');
  await models.firstVisits.create({ tokenHash: tokenHash(token), at: now(), ...arrivalOf(req) });
  res.cookie(mark, token, { httpOnly: true, sameSite: 'lax', secure: req.secure, maxAge: year, path: '/' });
}

/** The way back to a page that asked, with where its visitor came from: after a yes, it is looked at once more. */
function backTo(req: Request): string {
  const query = new URLSearchParams(req.originalUrl.split('?')[1]);
  const referrer = referrerOf(req);
  if (referrer) query.set('referrer', referrer);
  return query.size > 0 ? `${req.path}?${query}` : req.path;
}

function arrivalOf(req: Request): Pick<FirstVisit, 'referrer' | 'campaign' | 'country'> {
  const [source, medium, name] = ['source', 'medium', 'campaign'].map((each) =>
    String(req.query[`utm_${each}`] ?? '').slice(0, 100),
  );
  const referrer = referrerOf(req);
  const country = countryOf(req);
  return {
    ...(referrer && { referrer }),
    campaign: { ...(source && { source }), ...(medium && { medium }), ...(name && { name }) },
    ...(country && { country }),
  };
}

/** The page elsewhere that led here, without what stands behind its `?`. */
function referrerOf(req: Request): string | undefined {
  const pages = [req.get('referer'), req.query.referrer].map(String).filter((page) => URL.canParse(page));
  const elsewhere = pages.map((page) => new URL(page)).find(({ host }) => host !== req.get('host'));
  return elsewhere && `${elsewhere.origin}${elsewhere.pathname}`.slice(0, 300);
}
