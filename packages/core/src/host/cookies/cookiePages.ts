import express, { type Request, type Response, type Router } from 'express';
import type { Kept } from '../../engine/kept.ts';
import type { RouterOptions } from '../../engine/keptChoices.ts';
import type { World } from '../../engine/world.ts';
import { inputInvalid } from '../inputInvalid.ts';
import type { Send } from '../pages.ts';
import { cookieVoice, isSignalled } from './cookieVoice.ts';
import { demandKinds } from './kindTable.ts';
import { storageScript } from './storageScript.ts';
import { CHOICES, type VisitorChoice, withChoice, writeChoices } from './visitorChoices.ts';

const YEAR_MS = 365 * 86_400_000;
const SOURCE = 'cookie page';
const LONGEST_WAY = 2_000;

/**
 * The choice of cookies for everybody, with an account and without: a yes and a no take the same one form. `storage.js` does
 * for what scripts store what the cookie gate does for cookies.
 */
export function cookiePages(kept: Kept, world: World, options: RouterOptions, send: Send): Router {
  const { storage = {} } = options;
  demandKinds(storage, world.policy, 'kept.router, storage');
  const router = express.Router();

  // Whoever says something to this router while the browser sends the signal has sent the signal before.
  router.use(async (req, _res, next) => {
    const subject = isSignalled(req) ? options.subjectOf(req as never) : undefined;
    if (subject !== undefined) await kept.signals.heed(subject);
    next();
  });

  router.get('/cookies', async (req, res) => {
    const today = await world.inForce();
    const voice = await cookieVoice(today, req, options);
    const kinds = today.policy.cookies.map(({ kind, consent, technologies }) => ({
      kind,
      label: today.policy.consents.find(({ flag }) => flag === consent)?.label ?? capitalised(kind),
      technologies,
      isNeeded: consent === undefined,
      isAllowed: voice.decide(kind).outcome === 'permitted',
    }));
    const state = { isSignalled: voice.isSignalled, kinds };
    if (req.accepts(['html', 'json']) === 'json') res.json(state);
    else send(req, res, 'cookies', 'Cookies', state);
  });

  router.post('/cookies', async (req, res) => {
    const today = await world.inForce();
    const { kind, what, back } = (req.body ?? {}) as { kind?: unknown; what?: unknown; back?: unknown };
    if (what !== 'give' && what !== 'withdraw') throw inputInvalid('what', 'Say give or withdraw.');
    const flag = flagOf(today, kind);
    const subject = options.subjectOf(req as never);
    if (subject !== undefined) await kept.consents[what](subject, flag, SOURCE);
    else await remember(today, req, res, { flag, what: what === 'give' ? 'given' : 'withdrawn' });
    if (req.accepts(['html', 'json']) === 'json') res.json({ kind, what });
    else res.redirect(303, wayBack(back) ?? `${req.baseUrl}/cookies`);
  });

  router.get('/storage.js', async (req, res) => {
    const voice = await cookieVoice(await world.inForce(), req, options);
    // It tells what somebody allowed, and that is nobody else's to read.
    res.set('Cross-Origin-Resource-Policy', 'same-origin').type('js');
    res.send(storageScript(world.policy, storage, voice));
  });

  return router;

  async function remember(
    today: World,
    req: Request,
    res: Response,
    said: Pick<VisitorChoice, 'flag' | 'what'>,
  ): Promise<void> {
    const { choices } = await cookieVoice(today, req, options);
    const choice = { ...said, at: today.clock.now(), despite: isSignalled(req) };
    const value = await writeChoices(today, withChoice(today, choices, choice));
    const { secure } = req;
    res.cookie(CHOICES, value, { httpOnly: true, sameSite: 'lax', secure, maxAge: YEAR_MS, path: '/' });
  }
}

/** To a page of this site, and nowhere else: a banner of the host's own sends its form here and returns to its page. */
function wayBack(back: unknown): string | undefined {
  const here = 'http://here.invalid';
  if (typeof back !== 'string' || back.length > LONGEST_WAY || !URL.canParse(back, here)) return undefined;
  const { origin, pathname, search } = new URL(back, here);
  // A path that begins with two slashes is the name of a host.
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}` : undefined;
}

function flagOf({ policy }: World, kind: unknown): string {
  const flag = policy.cookies.find((one) => one.kind === kind)?.consent;
  if (flag !== undefined) return flag;
  const kinds = policy.cookies.flatMap((one) => (one.consent === undefined ? [] : [one.kind]));
  throw inputInvalid(
    'kind',
    kinds.length > 0 ? `Name one of: ${kinds.join(', ')}.` : 'No kind of cookie waits for a yes.',
  );
}

function capitalised(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
