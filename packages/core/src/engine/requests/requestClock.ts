import { alarmDate, type Clock, deadlines } from '../../kernel/clock/deadlines.ts';
import { clockKindOf, type Law } from '../../kernel/clock/law.ts';
import { localDateOf } from '../../kernel/clock/localDate.ts';
import type { Promises } from '../../kernel/clock/promiseDue.ts';
import type { ClockKind } from '../../kernel/clock/regime.ts';
import type { Right } from '../../kernel/decision.ts';
import { periodDays } from '../../kernel/policy/periodDays.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { acceptedVersions } from '../policy/acceptances.ts';
import type { World } from '../world.ts';
import { lawNamed } from './lawOf.ts';

interface Timed {
  readonly right: Right;
  /** The law that it runs under: that of its person. */
  readonly regime: string;
  readonly receivedAt: Date;
  /** Once the ground for keeping is gone, a new period begins (GDPR Articles 12(3) and 17(1)). */
  readonly resumedAt?: Date;
  readonly extension?: { readonly on: string; readonly until?: string };
  readonly subject?: string;
  readonly about?: { readonly subject: string };
}

/** The clock of a request under its own law beside the promise of the notice; that of its answer where no kind is named. */
export async function requestClock(world: World, request: Timed, kind?: ClockKind): Promise<Clock> {
  const [law, promise] = await Promise.all([lawNamed(world, request.regime), promiseFor(world, request)]);
  return clockUnder(world, law, promise, request, kind);
}

/** The date on which reminders and escalation count, YYYY-MM-DD. */
export async function requestDueOn(world: World, request: Timed): Promise<string> {
  return alarmDate(await requestClock(world, request), request.extension !== undefined);
}

/** The last day for an inquiry: it is no rights request and carries the promise alone. */
export function inquiryDueOn(world: World, receivedAt: Date): string {
  const { respondWithin } = inquiryPromise(world);
  return localDateOf(receivedAt, world.policy.controller.zone).add(respondWithin).toString();
}

/** Today in the zone in which days are counted. */
export function today(world: World, now: Date): string {
  return localDateOf(now, world.policy.controller.zone).toString();
}

/** The earlier of two days, YYYY-MM-DD. */
export function earlierDay(a: string, b: string): string {
  return a.localeCompare(b) < 0 ? a : b;
}

function clockUnder(
  world: World,
  { regime, calendar }: Law,
  promise: Promises,
  request: Timed,
  kind?: ClockKind,
): Clock {
  const { right } = request;
  const own = clockKindOf(regime, right);
  // An extension is one of the answer; other clocks know nothing of it.
  const extension = kind === undefined || kind === own ? request.extension : undefined;
  return deadlines(
    regime,
    promise,
    {
      receivedAt: request.resumedAt ?? request.receivedAt,
      zone: world.policy.controller.zone,
      right,
      kind: kind ?? own,
      ...(extension && { extendedOn: extension.on }),
      ...(extension?.until && { extendedUntil: extension.until }),
    },
    calendar,
  );
}

/**
 * What the notice promises, or an earlier one where that was sooner: for requests that came while it held, and for
 * whoever has accepted no later one. Of somebody unknown that is not known, and nothing later is said to them.
 */
async function promiseFor(world: World, { right, receivedAt, subject, about }: Timed): Promise<Promises> {
  const promiseIn = ({ rights }: Policy): Promises[] => rights.filter((each) => each.right === right);
  const [today = inquiryPromise(world)] = promiseIn(world.policy);
  if (world.promised.length === 0) return today;
  const person = about?.subject ?? subject;
  const accepted = person === undefined ? undefined : (await acceptedVersions(world, [person])).get(person);
  const before = world.promised
    .filter(({ version, until }) => receivedAt < until || accepted === undefined || accepted <= version)
    .flatMap(({ policy }) => promiseIn(policy));
  const days = ({ respondWithin }: Promises): number =>
    respondWithin === undefined ? Number.POSITIVE_INFINITY : periodDays(respondWithin);
  return before.reduce((soonest, each) => (days(each) < days(soonest) ? each : soonest), today);
}

function inquiryPromise(world: World): { respondWithin: string; clause: string } {
  return world.policy.contact;
}
