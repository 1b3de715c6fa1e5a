import { KeptError } from '../kept.ts';
import type { Route } from '../routes.ts';
import type { Outcome, StaffVisit } from '../visit.ts';
import { withDisclosure } from './withDisclosure.ts';
import { withFinding } from './withFinding.ts';
import { withMail } from './withMail.ts';
import { withRequest } from './withRequest.ts';
import { withStop } from './withStop.ts';
import { withTicket } from './withTicket.ts';

type RouteOf<M> = Extract<Route, { may: M }>;
type KindOf<R> = R extends { may: readonly [string, infer K, ...string[]] } ? K : never;

/** Lets a signed-in staff member through to the handler, with the record that the route speaks of, or throws. */
export async function admit(route: Exclude<Route, RouteOf<'anybody'>>, visit: StaffVisit): Promise<Outcome> {
  if (route.may === 'signed-in') return (route as RouteOf<'signed-in'>).handler(visit);
  if (isAbout(route, 'Page')) {
    const page = { page: route.may[2] };
    if (visit.can('read', 'Page', page)) return route.handler(visit);
    throw new KeptError('PAGE_NOT_FOUND', 'There is no such page here', {
      place: visit.here,
      remedy: 'Go back to the queue.',
    });
  }
  if (isAbout(route, 'Ticket')) return route.handler(await withTicket(visit, route.may[0]));
  if (isAbout(route, 'Request')) return route.handler(await withRequest(visit, route.may[0]));
  if (isAbout(route, 'Mail')) return route.handler(await withMail(visit, route.may[0]));
  if (isAbout(route, 'Finding')) return route.handler(await withFinding(visit, route.may[0]));
  if (isAbout(route, 'Disclosure')) return route.handler(await withDisclosure(visit, route.may[0]));
  if (isAbout(route, 'Stop')) return route.handler(await withStop(visit, route.may[0]));
  return unreachable(route);
}

function isAbout<K extends KindOf<Route>>(
  route: Route,
  kind: K,
): route is Extract<Route, { may: readonly [string, K, ...string[]] }> {
  return Array.isArray(route.may) && route.may[1] === kind;
}

function unreachable(route: object): never {
  throw new TypeError(`No guard for ${JSON.stringify(route)}`);
}
