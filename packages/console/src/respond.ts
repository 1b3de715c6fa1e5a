import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { type Assets, HOME } from './assets.ts';
import { COOKIES, readCookies } from './cookies.ts';
import { admit } from './guards/admit.ts';
import { demandOwnForm } from './guards/csrf.ts';
import { withSession } from './guards/session.ts';
import { isKeptError, type Kept, KeptError } from './kept.ts';
import { presentError } from './presenters/error.ts';
import { type FlashCode, presentFlash } from './presenters/flash.ts';
import { presentLayout } from './presenters/layout.ts';
import type { Route } from './routes.ts';
import { openViews } from './views.ts';
import type { Outcome, PageOutcome, RedirectOutcome, StaffVisit, Visit } from './visit.ts';

export interface House {
  readonly kept: Kept;
  readonly assets: Assets;
  readonly secure: boolean;
  readonly basePath: string | undefined;
  readonly banner: () => string | undefined;
  readonly log: (entry: { level: 'error'; event: string; [key: string]: unknown }) => void;
}

/** Turns routes into Express handlers: the only place that writes answers. */
export function responder(house: House): {
  answer(route: Route): RequestHandler;
  notFound: RequestHandler;
  unreadable: ErrorRequestHandler;
} {
  const views = openViews(`${HOME}/views`);
  const secure = house.secure;

  const answer =
    (route: Route): RequestHandler =>
    async (req, res) => {
      const cookies = readCookies(req.headers.cookie);
      let visit: Visit | StaffVisit = visitOf(req, house.kept);
      try {
        let outcome: Outcome;
        if (route.may === 'anybody') {
          if (route.method === 'post') demandOwnForm(visit.form._csrf, cookies[COOKIES.visitor], originOf(req));
          outcome = await route.handler(visit);
        } else {
          const known = await withSession(visit, cookies[COOKIES.session]);
          visit = known;
          if (route.method === 'post') demandOwnForm(visit.form._csrf, known.session.csrf, originOf(req));
          outcome = await admit(route, known);
        }
        await send(req, res, visit, outcome);
      } catch (error) {
        await sendError(req, res, visit, error);
      }
    };

  async function send(req: Request, res: Response, visit: Visit | StaffVisit, outcome: Outcome): Promise<void> {
    if ('redirect' in outcome) return redirect(req, res, outcome);
    if ('view' in outcome) return page(req, res, visit, outcome);
    const { name, type, bytes } = outcome.download;
    res.attachment(name).type(type).send(Buffer.from(bytes));
  }

  function redirect(req: Request, res: Response, { redirect, flash, session }: RedirectOutcome): void {
    const base = baseOf(req);
    if (session) cookie(req, res, COOKIES.session, session.token);
    if (session === null) res.clearCookie(COOKIES.session, { path: base || '/' });
    if (flash) cookie(req, res, COOKIES.flash, flash satisfies FlashCode);
    res.redirect(303, `${base}${redirect}`);
  }

  async function page(req: Request, res: Response, visit: Visit | StaffVisit, outcome: PageOutcome): Promise<void> {
    const cookies = readCookies(req.headers.cookie);
    const said = { flash: presentFlash(cookies[COOKIES.flash]), banner: house.banner() };
    const around = await presentLayout(visit, outcome.title, said);
    const links = {
      base: baseOf(req),
      asset: `${baseOf(req)}/assets/${house.assets.version}`,
      csrf: tokenOf(req, res, visit),
    };

    const html = views(outcome.view, outcome.model, around, links);
    if (said.flash && !req.headers['hx-request']) res.clearCookie(COOKIES.flash, { path: baseOf(req) || '/' });
    res
      .status(outcome.status ?? 200)
      .type('html')
      .send(html);
  }

  async function sendError(req: Request, res: Response, visit: Visit | StaffVisit, error: unknown): Promise<void> {
    if (isKeptError(error) && error.code === 'SIGN_IN_NEEDED' && req.method === 'GET' && !req.headers['hx-request']) {
      const next = visit.here === '/' ? '' : `?next=${encodeURIComponent(visit.here)}`;
      return redirect(req, res, { redirect: `/sign-in${next}` });
    }
    const lost = isKeptError(error) && error.code.endsWith('_NOT_FOUND');
    const model = presentError(error, lost ? '/' : backOf(visit), visit.form.text ?? visit.form.reason);
    if (model.status >= 500) house.log(faultOf(error, visit));
    if (model.status === 429) res.set('Retry-After', '60');
    try {
      await page(req, res, visit, { view: 'error', title: model.title, model, status: model.status });
    } catch (again) {
      house.log(faultOf(again, visit));
      res.status(500).type('text').send(`${model.title}\n${model.remedy}\n`);
    }
  }

  function tokenOf(req: Request, res: Response, visit: Visit | StaffVisit): string {
    if ('session' in visit) return visit.session.csrf;
    const known = readCookies(req.headers.cookie)[COOKIES.visitor];
    if (known) return known;
    const fresh = randomBytes(24).toString('base64url');
    cookie(req, res, COOKIES.visitor, fresh);
    return fresh;
  }

  /** Without an end: the engine ends the session by its own clock, the browser with itself. */
  function cookie(req: Request, res: Response, name: string, value: string): void {
    res.cookie(name, value, { httpOnly: true, sameSite: 'lax', secure, path: baseOf(req) || '/' });
  }

  function baseOf(req: Request): string {
    return house.basePath ?? req.baseUrl;
  }

  const notFound: RequestHandler = async (req, res) => {
    const visit = visitOf(req, house.kept);
    const known = await withSession(visit, readCookies(req.headers.cookie)[COOKIES.session]).catch(() => visit);
    const remedy = 'Check the address, or go back to the queue.';
    await sendError(
      req,
      res,
      known,
      new KeptError('PAGE_NOT_FOUND', 'There is no such page here', { place: 'console', remedy }),
    );
  };

  /** What Express itself refuses: a form too large or broken, an address that cannot be decoded. */
  const unreadable: ErrorRequestHandler = async (error, req, res, _next) => {
    const theirs = typeof error?.status === 'number' && error.status < 500;
    const remedy = 'Go back, shorten what you wrote and send it again.';
    const said = new KeptError('FORM_INVALID', 'The page could not read what was sent', { place: 'console', remedy });
    await sendError(req, res, visitOf(req, house.kept), theirs ? said : error);
  };

  return { answer, notFound, unreadable };
}

function visitOf(req: Request, kept: Kept): Visit {
  return {
    kept,
    now: kept.clock.now(),
    params: stringsOf(req.params),
    query: stringsOf(req.query),
    form: stringsOf(req.body),
    from: req.ip ?? '',
    here: req.url,
  };
}

function stringsOf(fields: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries((fields ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function originOf(req: Request): {
  origin: string | undefined;
  fetchSite: string | undefined;
  host: string | undefined;
} {
  return { origin: req.get('origin'), fetchSite: req.get('sec-fetch-site'), host: req.host };
}

/** From a form of a record back to that record, or to its list. */
function backOf({ here }: Visit): string {
  return /^\/(?:(?:tickets|requests)\/[^/?]+|findings|mails|retention)(?=\/)/.exec(here)?.[0] ?? '/';
}

/** Code, place and stack, and no message: a message of others may hold what people wrote. */
function faultOf(error: unknown, visit: Visit) {
  const { name, code, stack } = error as { name?: string; code?: string; stack?: string };
  const frames = stack?.split('\n').filter((line) => line.startsWith('    at '));
  return { level: 'error', event: 'console.failed', name, code, path: visit.here.split('?')[0], frames } as const;
}
