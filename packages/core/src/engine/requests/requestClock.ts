import { alarmDate, type Clock, deadlines } from '../../kernel/clock/deadlines.ts';
import { localDateOf } from '../../kernel/clock/localDate.ts';
import type { Right } from '../../kernel/decision.ts';
import type { World } from '../world.ts';

interface Timed {
  readonly right: Right;
  readonly receivedAt: Date;
  /** Once the ground for keeping is gone, a new period begins (GDPR Articles 12(3) and 17(1)). */
  readonly resumedAt?: Date;
  readonly extension?: { readonly on: string };
}

/** The statutory clock of a request beside the promise of the notice. */
export function requestClock(world: World, request: Timed): Clock {
  const rule = world.policy.rights.find((each) => each.right === request.right);
  return deadlines(
    world.regime,
    rule ? { respondWithin: rule.respondWithin, clause: rule.clause } : inquiryPromise(world),
    {
      receivedAt: request.resumedAt ?? request.receivedAt,
      zone: world.policy.controller.zone,
      right: request.right,
      ...(request.extension && { extendedOn: request.extension.on }),
    },
    world.calendar,
  );
}

/** The date on which reminders and escalation count, YYYY-MM-DD. */
export function requestDueOn(world: World, request: Timed): string {
  return alarmDate(requestClock(world, request), request.extension !== undefined);
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

function inquiryPromise(world: World): { respondWithin: string; clause: string } {
  return world.policy.contact;
}
