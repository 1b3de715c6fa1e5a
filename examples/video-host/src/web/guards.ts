import type { RequestHandler } from 'express';
import type { Person } from '../host.ts';
import type { Visitor } from '../variant.ts';
import { Refusal } from './refusal.ts';

/** Refuses forms that another site sends in somebody's name. */
export const sameOrigin: RequestHandler = (req, _res, next) => {
  const safe = req.method === 'GET' || req.method === 'HEAD';
  const origin = req.get('origin');
  const elsewhere =
    req.get('sec-fetch-site') === 'cross-site' || (origin !== undefined && hostOf(origin) !== req.get('host'));
  if (!safe && elsewhere)
    throw new Refusal(403, 'This form came from another site. Open the page here and send it again.');
  next();
};

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** Nothing runs in a page but what the app itself serves. */
export const strictPages: RequestHandler = (_req, res, next) => {
  res.set({
    'content-security-policy':
      "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  });
  next();
};

/** Sends people who are not signed in to the door. */
export const signedIn: RequestHandler = (req, res, next) => {
  if (req.user) next();
  else res.redirect(303, '/sign-in');
};

/** The person behind `signedIn`, as `sessions` put them there. */
export function personOf<P extends Visitor = Person>(req: { user?: Visitor }): P {
  if (!req.user) throw new Refusal(401, 'Please sign in first.');
  return req.user as P;
}

/** The same where nobody may be there. */
export function visitorOf<P extends Visitor = Person>(req: { user?: Visitor }): P | undefined {
  return req.user as P | undefined;
}
