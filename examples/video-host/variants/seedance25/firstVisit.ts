import { decideCookie } from '@kept/core';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { Types } from 'mongoose';
import { newToken, tokenHash } from '../../src/account/token.ts';
import { cookieIn } from '../../src/web/cookieIn.ts';
import { textOf } from '../../src/web/formBody.ts';
import { Refusal } from '../../src/web/refusal.ts';
import type { FirstVisit } from './models.ts';
import { countryOf, type Site } from './site.ts';

const mark = 'visit';
const choice = 'choices';
const flag = 'analytics-cookies';
const year = 365 * 86_400_000;

type Arrival = Pick<FirstVisit, 'referrer' | 'campaign' | 'country'>;

/**
 * Writes down how a visitor found the site, once: whoever bears the mark of a first visit is not looked at again. The mark
 * is an analytics cookie, so that nothing is written before it may be set; the page asks instead.
 */
export function firstVisit(site: Site): RequestHandler {
  return async (req, res, next) => {
    if (req.method !== 'GET' || cookieIn(req, mark)) return next();
    const arrival = arrivalOf(req);
    const { outcome } = await mayMeasure(site, req, arrival.country);
    if (outcome === 'permitted') await remember(site, req, res, arrival);
    else if (!cookieIn(req, choice)) res.locals.asks = { ...arrival, back: req.path };
    next();
  };
}

/** The visitor's yes or no to analytics cookies. */
export function choices(site: Site): Router {
  const { models, kept, now } = site;
  const router = Router();

  router.post('/choices', async (req, res) => {
    const said = textOf(req, 'analytics');
    if (said !== 'yes' && said !== 'no') throw new Refusal(422, 'Say yes or no.');
    const lasting = { httpOnly: true, sameSite: 'lax', secure: req.secure, maxAge: year, path: '/' } as const;
    res.cookie(choice, `${said}.${now().getTime()}`, lasting);
    if (req.user) await kept.consents[said === 'yes' ? 'give' : 'withdraw'](req.user.id, flag, 'cookie banner');

    const token = cookieIn(req, mark);
    if (said === 'yes' && !token) await remember(site, req, res, told(req));
    if (said === 'no' && token) {
      await models.firstVisits.deleteOne({ tokenHash: tokenHash(token) });
      res.clearCookie(mark, { path: '/' });
    }
    const back = textOf(req, 'back');
    res.redirect(303, /^\/(?!\/)/.test(back) ? back : '/');
  });

  return router;
}

/** Hands the first visit, and what was said of cookies, to the account that the visitor opened. */
export async function adoptVisit({ models, kept }: Site, req: Request, userId: Types.ObjectId): Promise<void> {
  const token = cookieIn(req, mark);
  if (token) await models.firstVisits.updateOne({ tokenHash: tokenHash(token), userId: null }, { userId });
  const [said] = saidBefore(req);
  if (said) await kept.consents[said.what === 'given' ? 'give' : 'withdraw'](String(userId), flag, 'cookie banner');
}

async function mayMeasure({ kept, now }: Site, req: Request, country: string | undefined) {
  const history = req.user ? await kept.consents.history(req.user.id) : saidBefore(req);
  return decideCookie(kept.policy, 'analytics', history, now(), country);
}

function saidBefore(req: Request): { flag: string; what: 'given' | 'withdrawn'; at: Date }[] {
  const [, said, at] = /^(yes|no)\.(\d{13})$/.exec(cookieIn(req, choice) ?? '') ?? [];
  return said ? [{ flag, what: said === 'yes' ? 'given' : 'withdrawn', at: new Date(Number(at)) }] : [];
}

async function remember({ models, now }: Site, req: Request, res: Response, arrival: Arrival): Promise<void> {
  // Somebody with an account had a first visit long ago, with this browser or another.
  if (req.user) return;
  const token = newToken('');
  await models.firstVisits.create({ tokenHash: tokenHash(token), at: now(), ...arrival });
  res.cookie(mark, token, { httpOnly: true, sameSite: 'lax', secure: req.secure, maxAge: year, path: '/' });
}

function arrivalOf(req: Request): Arrival {
  const query = (name: string): string => String(req.query[`utm_${name}`] ?? '');
  return arrivalFrom(req, req.get('referer') ?? '', query);
}

/** What the form of the banner carried along from the page that asked. */
function told(req: Request): Arrival {
  return arrivalFrom(req, textOf(req, 'referrer'), (name) => textOf(req, name));
}

function arrivalFrom(req: Request, from: string, part: (name: string) => string): Arrival {
  const url = URL.canParse(from) ? new URL(from) : undefined;
  const referrer = url && url.host !== req.get('host') ? `${url.origin}${url.pathname}`.slice(0, 300) : undefined;
  const [source, medium, name] = ['source', 'medium', 'campaign'].map((each) => part(each).slice(0, 100));
  const country = countryOf(req);
  return {
    ...(referrer && { referrer }),
    campaign: { ...(source && { source }), ...(medium && { medium }), ...(name && { name }) },
    ...(country && { country }),
  };
}
