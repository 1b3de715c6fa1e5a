import { localDate } from '../../kernel/clock/localDate.ts';
import type { Regime } from '../../kernel/clock/regime.ts';
import { groundCited, groundNamed, groundsFor } from '../../kernel/grounds/groundsFor.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { decideRequest } from '../../kernel/request/decideRequest.ts';
import type { Refusal } from '../../kernel/request/rightsRequest.ts';
import { demandText } from '../demandText.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { RefusalGiven } from '../keptRequests.ts';
import { dropRequest } from '../rights/dropRequest.ts';
import { endUnrefusable } from '../rights/objection/endUnrefusable.ts';
import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';
import { lawNamed } from './lawOf.ts';
import { today } from './requestClock.ts';

/**
 * Refuses a request on a ground of the law that it runs under. An article that this law does not list is taken where no
 * ground is named, and a finding says so. What nobody may refuse ends all the same. Throws REFUSAL_INVALID,
 * GROUND_NOT_FOUND, DATE_INVALID, INPUT_INVALID, REQUEST_CLOSED, REQUEST_CONFLICT.
 */
export async function refuseRequest(
  world: World,
  request: StoredRequest,
  by: string,
  given: RefusalGiven,
): Promise<StoredRequest> {
  const now = world.clock.now();
  const { regime: law } = await lawNamed(world, request.regime);
  const refusal: Refusal = { by, ...refusalUnder(law, request, given, today(world, now)) };
  decideRequest({ type: 'Refuse', refusal }, request, now);
  await endUnrefusable(world, request);

  const { _id: about, right } = request;
  const listed = groundsFor(law, right).length === 0 || groundCited(law, right, refusal.article) !== undefined;
  if (!refusal.ground && !listed) {
    const text = `A request is refused on an article that ${law.id} does not list as a ground against ${right}.`;
    await raiseFinding(world, { code: 'REFUSAL_WITHOUT_GROUND', about, severity: 'warning', text, place: about }, now);
  }
  return dropRequest(world, about, { type: 'Refuse', refusal }, now);
}

function refusalUnder(
  law: Regime,
  { right }: Pick<StoredRequest, 'right'>,
  { ground, article, reason, until }: RefusalGiven,
  day: string,
): Omit<Refusal, 'by'> {
  demandWord(reason, 'reason', 'Tell the person in plain words why it is refused.');
  if (until !== undefined && localDate(String(until), 'until').toString() <= day) {
    throw invalid('until', 'The ground has ended already', 'Name a day to come, or do what was asked.');
  }
  const rest = { reason: demandText(reason, 'reason', 10_000), ...(until !== undefined && { until }) };
  if (ground === undefined) {
    demandWord(article, 'article', 'Say on which ground or article of the law of the person it rests.');
    return { article: demandText(article, 'article', 200), ...rest };
  }
  const named = groundNamed(law, right, demandText(ground, 'ground', 100));
  if (named.ends === 'date' && until === undefined) {
    throw invalid('until', 'This ground ends on a date', 'Name the day on which it ends, as YYYY-MM-DD.');
  }
  return { ground: named.id, article: `${named.article}, ${law.name}`, ...rest };
}

function demandWord(value: unknown, place: string, remedy: string): void {
  if (typeof value !== 'string' || value.trim() === '') {
    throw invalid(place, 'A refusal names its ground or article, and its reason', remedy);
  }
}

function invalid(place: string, message: string, remedy: string): KeptError {
  return new KeptError('REFUSAL_INVALID', message, { place: `refusal.${place}`, remedy });
}
