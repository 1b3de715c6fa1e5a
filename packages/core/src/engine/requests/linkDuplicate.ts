import { canonical } from '../../kernel/evidence/canonical.ts';
import { OPEN_STATUSES } from '../../kernel/request/requestStatus.ts';
import { event, update } from '../aggregate.ts';
import type { VerifiedRequest } from '../rights/executor.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';
import { changeRequest } from './changeRequest.ts';
import { isReaderThePerson } from './isReaderThePerson.ts';
import { settleTicketDue } from './ticketDue.ts';

/**
 * The same thing asked again over another road is the same case: the other request goes on, by the earlier date of both, and
 * this one is linked to it. Undefined where no other is open.
 */
export async function linkDuplicate(
  world: World,
  request: VerifiedRequest,
  now: Date,
): Promise<StoredRequest | undefined> {
  const earlier = await earlierOne(world, request);
  if (!earlier) return undefined;

  const { subject, identity } = request;
  // Whoever has proved here who they are need not prove it there again.
  if (earlier.status === 'received')
    await changeRequest(world, earlier._id, { type: 'ConfirmIdentity', subject, how: identity.how }, now);
  if (request.dueOn < earlier.dueOn) {
    const { dueOn } = request;
    await update<StoredRequest>(world, 'requests', earlier._id, (each) => ({ document: { ...each, dueOn } }));
    await settleTicketDue(world, earlier.ticket);
  }
  await update<Ticket>(world, 'tickets', request.ticket, (ticket) =>
    ticket.requests.includes(earlier._id)
      ? undefined
      : {
          document: { ...ticket, requests: [...ticket.requests, earlier._id] },
          events: [event(world, 'RequestLinkedOnTicket', now, { request: earlier._id })],
        },
  );
  return changeRequest(world, request._id, { type: 'Link', of: earlier._id }, now);
}

async function earlierOne(world: World, request: VerifiedRequest): Promise<StoredRequest | undefined> {
  if (request.report || request.test) return undefined;
  const { right, subject, service } = request;
  const open = { service, right, status: { in: OPEN_STATUSES }, test: { exists: false } };
  const records = world.records.collection<StoredRequest>('requests');
  const [confirmed, unconfirmed] = await Promise.all([
    records.find({ ...open, subject }),
    records.find({ ...open, status: 'received', 'about.subject': subject }),
  ]);
  const before = [...confirmed, ...unconfirmed]
    .filter((each) => each._id !== request._id && !each.report && isBefore(each, request) && asksTheSame(each, request))
    .sort((a, b) => (isBefore(a, b) ? -1 : 1));
  for (const each of before) {
    // What somebody else wrote of the person is not theirs to have confirmed by this.
    if (each.status !== 'received' || (await isReaderThePerson(world, each))) return each;
  }
  return undefined;
}

/** What is at work already, then by receipt; of one moment, by name, so that of two only one is linked to the other. */
function isBefore(a: StoredRequest, b: StoredRequest): boolean {
  if (isAtWork(a) !== isAtWork(b)) return isAtWork(a);
  const apart = a.receivedAt.getTime() - b.receivedAt.getTime();
  return apart < 0 || (apart === 0 && a._id < b._id);
}

function isAtWork({ status }: StoredRequest): boolean {
  return status !== 'received' && status !== 'verified';
}

/** Everything is everything; what has to be weighed is the same only where it says the same. */
function asksTheSame(a: StoredRequest, b: StoredRequest): boolean {
  const whole: readonly StoredRequest['right'][] = ['access', 'portability', 'erasure'];
  if (whole.includes(a.right)) return true;
  return a.asks !== undefined && b.asks !== undefined && textOf(a.asks) === textOf(b.asks);
}

function textOf(asks: NonNullable<StoredRequest['asks']>): string {
  return canonical(JSON.parse(JSON.stringify(asks)));
}
