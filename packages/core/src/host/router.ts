import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import type { Kept } from '../engine/kept.ts';
import type { RouterOptions } from '../engine/keptChoices.ts';
import { dayOf } from '../engine/outbox/letterFrame.ts';
import type { World } from '../engine/world.ts';
import { isKeptError, KeptError } from '../kernel/keptError.ts';
import { isClosed } from '../kernel/request/requestStatus.ts';
import { cookiePages } from './cookies/cookiePages.ts';
import { inputInvalid } from './inputInvalid.ts';
import { acceptNotice, noticeChanges } from './noticeChanges.ts';
import { ownChoices } from './ownChoices.ts';
import { ownPackages } from './ownPackages.ts';
import { inShort, ownRequests } from './ownRequests.ts';
import { ownSharing } from './ownSharing.ts';
import { ownUses } from './ownUses.ts';
import { packagePages } from './packagePages.ts';
import { pages, type Send } from './pages.ts';
import { recipientPages } from './recipientPages.ts';
import { reportForms } from './reportForms.ts';
import { requestPages } from './requestPages.ts';
import { rightsToAsk } from './rightsToAsk.ts';
import { supportPages } from './supportPages.ts';
import { unsubscribePages } from './unsubscribePages.ts';

type SubjectOf = RouterOptions['subjectOf'];

/** The pages are in English. */
const LIST = new Intl.ListFormat('en-GB');

const statusOf: Record<string, number> = { NOT_FOUND: 404, CLOSED: 409, CONFLICT: 409, INVALID: 422, REFUSED: 403 };

/**
 * What people reach themselves: confirmation links, their choices, their requests. Every GET is without effect; every POST
 * must come from a page of the same origin.
 */
export function privacyRouter(kept: Kept, world: World, options: RouterOptions): RequestHandler {
  const { subjectOf } = options;
  const router = express.Router();
  const { html, css, asked, day } = pages(() => kept.policy);
  const send: Send = (req, res, page, title, model) =>
    void res.type('html').send(html(page, req.baseUrl, title, model));

  router.use((req, res, next) => {
    res.set({
      'Content-Security-Policy':
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      'Cache-Control': 'no-store',
      // With less, browsers send `Origin: null` with our own forms.
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
    });
    if (req.method === 'POST') demandSameOrigin(req);
    next();
  });
  router.use(express.urlencoded({ extended: false, limit: '64kb' }), express.json({ limit: '64kb' }));

  router.get('/page.css', (_req, res) => void res.type('css').set('Cache-Control', 'max-age=3600').send(css));

  router.get('/confirm/:token', async (req, res) => {
    const found = await kept.requests.peekConfirmation(String(req.params.token));
    if (!found) throw unknownLink();
    if (found.state === 'usable')
      return send(req, res, 'confirm', 'Confirm your request', {
        asked: LIST.format(found.rights.map((right) => asked[right])),
        agent: found.agent,
      });
    return found.state === 'used'
      ? send(req, res, 'message', 'Already confirmed', {
          text: 'This link was used. There is nothing more for you to do.',
        })
      : send(req, res.status(410), 'message', 'This link has expired', {
          text: 'Reply to our letter and we will send you a new one.',
        });
  });

  router.post('/confirm/:token', async (req, res) => {
    const copyToAgent = (req.body as { copy?: unknown } | undefined)?.copy === 'yes';
    const request = await kept.requests.confirm(String(req.params.token), { copyToAgent });
    const text = `Thank you. Your request is confirmed; you will have our answer by ${day(request.dueOn)} at the latest.`;
    send(req, res, 'message', 'Confirmed', { text });
  });

  router.use(
    reportForms(kept, send),
    recipientPages(kept, send),
    unsubscribePages(kept, send),
    cookiePages(kept, world, options, send),
  );

  router.use(packagePages(kept, world, (req) => demandSubject(req, subjectOf), asked, send));

  router.get('/', async (req, res) => {
    const subject = demandSubject(req, subjectOf);
    const choices = await ownChoices(await world.inForce(), subject);
    const requests = await ownRequests(world, subject);
    const { law, rights } = await rightsToAsk(world, subject);
    const notice = await noticeChanges(kept, world, subject);
    const sharing = await ownSharing(kept, await world.inForce(), subject);
    const uses = await ownUses(kept, world, subject);
    const packages = await ownPackages(kept, world, subject, asked);
    const model = {
      ...(notice && { notice }),
      ...choices,
      ...sharing,
      uses,
      packages,
      requests: requests.map((each) => ({
        ...inShort(each),
        label: asked[each.right],
        isOpen: !isClosed(each),
        receivedOn: dayOf(world, each.receivedAt),
      })),
      law,
      rights: rights.map((right) => ({ right, label: asked[right] })),
    };
    if (req.accepts(['html', 'json']) === 'json')
      res.json({
        ...(notice && { notice }),
        ...choices,
        ...sharing,
        uses,
        packages,
        law,
        rights,
        requests: requests.map(inShort),
      });
    else send(req, res, 'overview', 'Your privacy', model);
  });

  router.post('/consents', async (req, res) => {
    const subject = demandSubject(req, subjectOf);
    const { flag, what } = req.body ?? {};
    if (what !== 'give' && what !== 'withdraw') throw inputInvalid('what', 'Say give or withdraw.');
    await kept.consents[what as 'give' | 'withdraw'](subject, String(flag), 'privacy page');
    const usedBefore = what === 'withdraw' && { usedBefore: await ownUses(kept, world, subject, String(flag)) };
    answer(req, res, { flag, what, ...usedBefore });
  });

  router.post('/objections', async (req, res) => {
    const subject = demandSubject(req, subjectOf);
    const { purpose, what } = req.body ?? {};
    if (what !== 'object' && what !== 'withdraw') throw inputInvalid('what', 'Say object or withdraw.');
    await kept.objections[what as 'object' | 'withdraw'](subject, String(purpose), 'privacy page');
    answer(req, res, { purpose, what });
  });

  router.post('/links/revoke', async (req, res) => {
    const subject = demandSubject(req, subjectOf);
    const { id } = req.body ?? {};
    await kept.links.revoke(id, subject);
    answer(req, res, { id, revoked: true });
  });

  router.post('/acceptances', async (req, res) => {
    const version = await acceptNotice(kept, demandSubject(req, subjectOf), req.body);
    answer(req, res, { version });
  });

  const whose = { asked, demandSubject: (req: Request) => demandSubject(req, subjectOf) };
  router.use(requestPages(kept, world, whose, send), supportPages(kept, world, whose, send));

  const problem: ErrorRequestHandler = (thrown, req, res, next) => {
    const error = isKeptError(thrown) ? thrown : unreadable(thrown);
    if (!error) return next(thrown);
    const status = statusOf[/(NOT_FOUND|CLOSED|CONFLICT|INVALID|REFUSED)$/.exec(error.code)?.[1] ?? ''] ?? 500;
    res.status(status);
    if (req.accepts(['html', 'json']) === 'json') {
      res
        .type('application/problem+json')
        .send({ type: `urn:kept:${error.code}`, title: error.message, status, detail: error.remedy });
    } else send(req, res, 'message', error.message, { text: error.remedy });
  };
  router.use(problem);
  return router;
}

function answer(req: Request, res: Response, body: object): void {
  if (req.accepts(['html', 'json']) === 'json') res.json(body);
  else res.redirect(303, `${req.baseUrl}/`);
}

function demandSubject(req: Request, subjectOf: SubjectOf): string {
  const subject = subjectOf(req as never);
  if (subject) return subject;
  throw new KeptError('SIGN_IN_REFUSED', 'Please sign in first', {
    place: 'privacy page',
    remedy: 'Sign in, then come back to this page.',
  });
}

function demandSameOrigin(req: Request): void {
  const origin = req.get('origin');
  const site = req.get('sec-fetch-site');
  const otherSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  const otherOrigin = origin !== undefined && !origin.endsWith(`//${req.get('host')}`);
  if (!otherSite && !otherOrigin) return;
  throw new KeptError('ORIGIN_REFUSED', 'This came from another site', {
    place: 'privacy page',
    remedy: 'Use the page of this service.',
  });
}

function unknownLink(): KeptError {
  return new KeptError('CONFIRMATION_NOT_FOUND', 'This link does not stand for any open request', {
    place: 'confirmation link',
    remedy: 'Use the newest letter, and the whole link.',
  });
}

/** A body or an address that Express could not read: left to the host, it could answer a stranger with its stack. */
function unreadable(thrown: unknown): KeptError | undefined {
  const { status } = (thrown ?? {}) as { status?: unknown };
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  return inputInvalid('address or form', 'Open the page again, and use the whole link.');
}
