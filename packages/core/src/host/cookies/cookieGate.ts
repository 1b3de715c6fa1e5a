import type { Request, RequestHandler } from 'express';
import { raiseFinding } from '../../engine/findings/findings.ts';
import type { Kept } from '../../engine/kept.ts';
import type { CookieOptions } from '../../engine/keptChoices.ts';
import type { World } from '../../engine/world.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { cookiesIn } from './cookiesIn.ts';
import { type CookieVoice, cookieVoice, decideUnheard } from './cookieVoice.ts';
import { endings } from './endings.ts';
import { holdBack } from './holdBack.ts';
import { demandKinds, type KindOf, kindTable } from './kindTable.ts';
import { takeOver } from './takeOver.ts';
import { CHOICES } from './visitorChoices.ts';

/** So many names are reported; more are not the work of somebody who forgot one. */
const MOST_REPORTS = 200;

const voiceOf = new WeakMap<object, CookieVoice>();

/**
 * What may be set for whoever sent the request, and what they said of it: a page asks who said nothing. Throws
 * COOKIES_INVALID where `kept.cookies` did not see it before.
 */
export function cookiesOf(
  req: object,
): Pick<CookieVoice, 'said' | 'isSignalled'> & { readonly may: (kind: string) => boolean } {
  const voice = voiceOf.get(req);
  if (voice) {
    const { said, isSignalled } = voice;
    return { may: (kind) => voice.decide(kind).outcome === 'permitted', said, isSignalled };
  }
  throw new KeptError('COOKIES_INVALID', 'Nobody has looked at the cookies of this request', {
    place: 'cookiesOf',
    remedy: 'Mount kept.cookies({ kinds, subjectOf }) before whatever asks.',
  });
}

/** See `Kept.cookies`. */
export function cookieGate(kept: Kept, world: World, options: CookieOptions): RequestHandler {
  demandKinds(options.kinds, world.policy, 'kept.cookies, kinds');
  const kindOf = kindTable(options.kinds);
  const reported = new Set<string>();

  return async (req, res, next) => {
    const now = world.clock.now();
    const { voice, isTakenOver } = await heard(kept, world, req, options);
    voiceOf.set(req, voice);

    const mayStay = (name: string): boolean => name === CHOICES || mayBeSet(voice, kindOf, name);
    // Once the account has the choices, the browser need not keep them.
    const isOver = (name: string): boolean => (name === CHOICES ? isTakenOver : !mayStay(name));
    const ended = cookiesIn(req).flatMap(({ name }) => (isOver(name) ? [name] : []));
    holdBack(res, {
      keeps(name) {
        if (name !== CHOICES && kindOf(name) === undefined) report(world, reported, name, now);
        return mayStay(name);
      },
      adds: () => endings(req, ended),
      now,
    });
    next();
  };
}

/** Nothing that fails here stops the host's page: what nobody knows is held back, and what the browser keeps stays there. */
async function heard(
  kept: Kept,
  world: World,
  req: Request,
  options: CookieOptions,
): Promise<{ voice: CookieVoice; isTakenOver: boolean }> {
  const before = await cookieVoice(await world.inForce().catch(() => world), req, options);
  const { subject, choices, isSignalled } = before;
  if (subject === undefined) return { voice: before, isTakenOver: false };
  if (choices.length === 0 && !isSignalled) return { voice: before, isTakenOver: true };
  try {
    await takeOver(kept, subject, choices, isSignalled);
    if (isSignalled) await kept.signals.heed(subject);
    return { voice: await cookieVoice(await world.inForce(), req, options), isTakenOver: true };
  } catch (error) {
    const code = error instanceof KeptError ? error.code : 'UNKNOWN';
    world.log({ level: 'error', event: 'cookies.not-heeded', code });
    const unheard = { decide: (kind: string) => decideUnheard(world, kind), said: () => undefined };
    return { voice: { ...before, ...unheard }, isTakenOver: false };
  }
}

function mayBeSet(voice: CookieVoice, kindOf: KindOf, name: string): boolean {
  const kind = kindOf(name);
  try {
    return kind !== undefined && voice.decide(kind).outcome === 'permitted';
  } catch {
    // A later version of the policy no longer names the kind.
    return false;
  }
}

/** Only what the host itself sets is reported, never what a browser brings: anybody could fill the list. */
function report(world: World, reported: Set<string>, name: string, now: Date): void {
  if (reported.has(name) || reported.size >= MOST_REPORTS) return;
  reported.add(name);
  const shown = name.slice(0, 100);
  raiseFinding(
    world,
    {
      code: 'COOKIE_UNREGISTERED',
      about: shown,
      severity: 'warning',
      text: `A cookie was not set, because nobody said of which kind it is: ${shown}`,
      place: 'kept.cookies, kinds',
    },
    now,
  ).catch(() => reported.delete(name));
}
