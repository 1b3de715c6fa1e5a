import { alarmDate } from '../../kernel/clock/deadlines.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { decideRequest } from '../../kernel/request/decideRequest.ts';
import type { Granted } from '../../kernel/request/rightsRequest.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';
import { isReaderThePerson } from './isReaderThePerson.ts';
import { requestClock, today } from './requestClock.ts';
import { tellOfExtension } from './tellOfExtension.ts';
import { settleTicketDue } from './ticketDue.ts';

/**
 * Takes the longer period that the law of the request gives, and tells the person. What the law does not give is refused
 * before anything is written or sent. Throws EXTENSION_INVALID, EXTENSION_TOO_LATE, REQUEST_CONFLICT, REQUEST_CLOSED.
 */
export async function extendRequest(
  world: World,
  request: StoredRequest,
  ticket: Ticket,
  granted: Omit<Granted, 'on'>,
): Promise<StoredRequest> {
  const now = world.clock.now();
  const extension = { on: today(world, now), ...granted };
  const command = { type: 'Extend', ...extension } as const;
  decideRequest(command, request, now);
  await demandReader(world, request);
  const clock = await requestClock(world, { ...request, extension });
  if (clock.extendedDue === null) throw untilMissing(request, clock.due);

  const dueOn = alarmDate(clock, true);
  const extended = await changeRequest(world, request._id, command, now, () => ({ dueOn }));
  await settleTicketDue(world, ticket._id);
  return tellOfExtension(world, extended, ticket, now);
}

/** The letter says by its dates under which law the person lives. */
async function demandReader(world: World, request: StoredRequest): Promise<void> {
  if ('identity' in request || (await isReaderThePerson(world, request))) return;
  throw new KeptError('REQUEST_CONFLICT', 'Nobody has confirmed this request yet, and somebody else wrote it', {
    place: `request ${request._id}`,
    remedy: 'Wait for the confirmation: the letter would tell a stranger which law protects the person.',
  });
}

function untilMissing({ _id, regime }: StoredRequest, due: string | null): KeptError {
  return new KeptError('EXTENSION_INVALID', `${regime} leaves the end of an extension to what the person is told`, {
    place: `request ${_id}`,
    remedy: `Name the day, YYYY-MM-DD${due === null ? '' : `, after ${due}`}.`,
  });
}
