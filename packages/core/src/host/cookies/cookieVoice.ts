import type { Request } from 'express';
import type { CookieOptions } from '../../engine/keptChoices.ts';
import { factsUnknown, reportUnknown } from '../../engine/subjects/askAbout.ts';
import { demandSubject } from '../../engine/subjects/demandSubject.ts';
import { knownFacts } from '../../engine/subjects/knownFacts.ts';
import { personFacts } from '../../engine/subjects/personFacts.ts';
import type { World } from '../../engine/world.ts';
import { notBeforeLastWord } from '../../kernel/consent/notBeforeLastWord.ts';
import { signalled } from '../../kernel/consent/signalled.ts';
import { decideCookie } from '../../kernel/decide/decideCookie.ts';
import type { Decision, Facts } from '../../kernel/decision.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { cookiesIn } from './cookiesIn.ts';
import { CHOICES, readChoices, type VisitorChoice } from './visitorChoices.ts';

/** Who looks at a page, what they said, and which kinds of cookies follow from it. */
export interface CookieVoice {
  readonly subject: string | undefined;
  /** The browser sends `Sec-GPC: 1`. */
  readonly isSignalled: boolean;
  /** What the browser itself keeps of choices; only those count of somebody without an account. */
  readonly choices: readonly VisitorChoice[];
  /** Throws QUESTION_INVALID for a kind that the policy does not name. */
  decide(kind: string): Decision;
  /** What was said of a kind that waits for a yes; undefined where nobody said anything, or where it is not known. */
  said(kind: string): 'yes' | 'no' | undefined;
}

export type Voices = Pick<CookieOptions, 'subjectOf' | 'countryOf'>;

/** The field counts with exactly this value, and with no other (W3C Global Privacy Control). */
export function isSignalled(req: Request): boolean {
  return req.get('sec-gpc') === '1';
}

/** What is known by now. What cannot be loaded leaves every kind undetermined that waits for a consent. */
export async function cookieVoice(world: World, req: Request, voices: Voices): Promise<CookieVoice> {
  const now = world.clock.now();
  const subject = voices.subjectOf(req as never);
  const mine = cookiesIn(req).flatMap(({ name, value }) => (name === CHOICES ? [value] : []));
  const voice = { subject, isSignalled: isSignalled(req), choices: [] as VisitorChoice[] };

  let said: Said | undefined;
  try {
    voice.choices = await readChoices(world, mine);
    said = subject === undefined ? visitorSaid(world, req, voice, voices) : await accountSaid(world, subject, now);
  } catch (error) {
    await reportUnknown(world, error, now);
  }
  const decide = (kind: string): Decision => answer(world, kind, said, now);
  return {
    ...voice,
    decide,
    said(kind) {
      if (said === undefined || !isSpokenOf(world.policy, kind, said)) return undefined;
      return decide(kind).outcome === 'permitted' ? 'yes' : 'no';
    },
  };
}

type Said = Pick<Facts, 'consents' | 'objections' | 'country'>;

function answer(world: World, kind: string, said: Said | undefined, now: Date): Decision {
  const { policy } = world;
  if (said === undefined) return decideUnheard(world, kind);
  const at = notBeforeLastWord([...said.consents, ...said.objections], now);
  return decideCookie(policy, kind, said.consents, at, said.country, said.objections);
}

function isSpokenOf({ cookies, consents }: Policy, kind: string, said: Said): boolean {
  const flag = cookies.find((one) => one.kind === kind)?.consent;
  const purposes = consents.find((one) => one.flag === flag)?.gates.purposes ?? [];
  return (
    said.consents.some((event) => event.flag === flag) ||
    said.objections.some(({ purpose }) => purposes.some((each) => covers(purpose, each)))
  );
}

/** While nobody knows what was said, only what needs no yes may be set. */
export function decideUnheard({ policy, clock }: World, kind: string): Decision {
  const decision = decideCookie(policy, kind, [], clock.now());
  return decision.outcome === 'permitted' ? decision : factsUnknown;
}

async function accountSaid(world: World, subject: string, now: Date): Promise<Said> {
  demandSubject(subject);
  const [{ consents, objections }, person] = await Promise.all([
    knownFacts(world, subject, now),
    personFacts(world, subject, now),
  ]);
  return { consents, objections, ...person };
}

/** While a browser sends the signal, silence is a no, and so is a yes that was not said against it. */
function visitorSaid(
  { policy }: World,
  req: Request,
  { isSignalled: refuses, choices }: Pick<CookieVoice, 'isSignalled' | 'choices'>,
  { countryOf }: Voices,
): Said {
  const country = countryOf?.(req as never);
  const there = { objections: [], ...(country !== undefined && { country }) };
  if (!refuses) return { consents: choices, ...there };
  const { flags } = signalled(policy);
  const refused = flags.map((flag) => ({ flag, what: 'withdrawn' as const, at: new Date(0) }));
  const heard = choices.filter(({ flag, what, despite }) => what === 'withdrawn' || despite || !flags.includes(flag));
  return { consents: [...refused, ...heard], ...there };
}
