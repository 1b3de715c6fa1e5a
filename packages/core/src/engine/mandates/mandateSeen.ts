import { KeptError } from '../../kernel/keptError.ts';
import { MANDATE_KINDS } from '../../kernel/request/mandateKind.ts';
import { event, update } from '../aggregate.ts';
import type { NewMandate } from '../keptMandates.ts';
import { today } from '../requests/requestClock.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { StoredRequest } from '../stored.ts';
import type { SeenMandate } from '../storedCase.ts';
import type { World } from '../world.ts';

/** Takes down what a staff member saw of a mandate; the next round acts on it. */
export async function mandateSeen(world: World, id: string, by: string, given: NewMandate): Promise<StoredRequest> {
  const now = world.clock.now();
  await demandOffice(world, by, `request ${id}`);
  const { kind, until, copy } = demandMandate(given, today(world, now));
  const seen = { kind, by, at: now, ...(until && { until }) };
  return update<StoredRequest>(world, 'requests', id, (request) => {
    demandMandated(request);
    return {
      document: { ...request, mandate: { ...request.mandate, seen, ...(copy && { copy }) } },
      events: [event(world, 'MandateSeen', now, { by, kind, copy, ...(until && { until }) })],
    };
  });
}

/** Whether a document of this kind stands for the person's own word. */
export function speaksForThem({ kind }: SeenMandate): boolean {
  return kind !== 'signed-permission';
}

function demandMandate(given: NewMandate, day: string): { kind: SeenMandate['kind']; until?: string; copy: boolean } {
  const { kind, until, copy = false } = given ?? {};
  const isDay = until === undefined || (typeof until === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(until));
  if (MANDATE_KINDS.includes(kind) && isDay && typeof copy === 'boolean' && (until === undefined || until >= day))
    return { kind, copy, ...(until && { until }) };
  throw new KeptError('MANDATE_INVALID', 'This is no mandate that holds today', {
    place: 'mandate',
    remedy: `Say which kind it is (${MANDATE_KINDS.join(', ')}) and, where it ends, the day as YYYY-MM-DD.`,
  });
}

function demandMandated(request: StoredRequest): void {
  if (request.mandate && request.status === 'received') return;
  throw new KeptError('REQUEST_CONFLICT', 'Nobody acts for somebody else here, or it is settled who asks', {
    place: `request ${request._id}`,
    remedy: 'Look at the request again.',
  });
}
