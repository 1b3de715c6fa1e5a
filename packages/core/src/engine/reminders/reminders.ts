import { localDate } from '../../kernel/clock/localDate.ts';
import { OPEN_STATUSES } from '../../kernel/request/requestStatus.ts';
import { event, update } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import type { Reminders } from '../kept.ts';
import { queueLetter } from '../outbox/queueLetter.ts';
import { today } from '../requests/requestClock.ts';
import { staffInOffice } from '../staff/staffInOffice.ts';
import type { StoredRequest, Ticket } from '../stored.ts';
import type { World } from '../world.ts';

/** Days before the date that staff are reminded. */
const BEFORE = [7, 3, 1] as const;

interface Timed {
  readonly collection: 'requests' | 'tickets';
  readonly id: string;
  readonly dueOn: string;
  readonly reminded: readonly string[];
  readonly reference: string;
  readonly path: string;
}

export function reminders(world: World): Reminders {
  return {
    async send() {
      const now = world.clock.now();
      const day = localDate(today(world, now), 'today');
      const counts = { reminded: 0, escalated: 0 };
      for (const timed of await openCases(world)) {
        // One case in trouble silences none of the others.
        await takeNote(world, timed, day, now, counts).catch((error) => reportTrouble(world, timed, error));
      }
      return counts;
    },
  };
}

async function takeNote(
  world: World,
  timed: Timed,
  day: ReturnType<typeof localDate>,
  now: Date,
  counts: { reminded: number; escalated: number },
): Promise<void> {
  const daysLeft = day.until(timed.dueOn).total('days');
  if (daysLeft < 0) {
    if (await remind(world, timed, 'overdue', daysLeft, now)) counts.escalated += 1;
    return;
  }
  const step = [...BEFORE].reverse().find((each) => daysLeft <= each);
  if (step && (await remind(world, timed, String(step), daysLeft, now))) counts.reminded += 1;
}

function reportTrouble(world: World, timed: Timed, error: unknown): void {
  const code = (error as { code?: string }).code ?? 'Error';
  world.log({ level: 'error', event: 'reminder.stuck', about: timed.id, code });
}

/**
 * Requests by their statutory and promised dates, and tickets that wait for us without an open request: inquiries, which
 * carry the promise alone, and cases whose answer has not gone out or was answered back. Tests are nobody's to be in time for.
 */
async function openCases(world: World): Promise<Timed[]> {
  const real = { service: world.service, test: { exists: false } } as const;
  const tickets = await world.records
    .collection<Ticket>('tickets')
    .find({ ...real, status: { in: ['open', 'waiting'] } });
  const requests = await world.records
    .collection<StoredRequest>('requests')
    .find({ ...real, status: { in: OPEN_STATUSES } });
  const numbers = new Map(tickets.map((ticket) => [ticket._id, ticket.number]));
  return [
    ...requests.map(
      (each): Timed => ({
        collection: 'requests',
        id: each._id,
        dueOn: each.dueOn,
        reminded: each.reminded,
        reference: numbers.get(each.ticket) ?? each._id,
        path: `/requests/${each._id}`,
      }),
    ),
    ...tickets
      .filter((each) => each.status === 'open' && !requests.some((request) => request.ticket === each._id))
      .map(
        (each): Timed => ({
          collection: 'tickets',
          id: each._id,
          dueOn: each.dueOn,
          reminded: each.reminded,
          reference: each.number,
          path: `/tickets/${each._id}`,
        }),
      ),
  ];
}

/** One letter for each step and staff member; the step is marked once the letters are in the outbox. */
async function remind(world: World, timed: Timed, step: string, daysLeft: number, now: Date): Promise<boolean> {
  const mark = `${timed.dueOn}:${step}`;
  if (timed.reminded.includes(mark)) return false;

  const overdue = step === 'overdue';
  const notice = {
    service: world.policy.controller.name,
    reference: timed.reference,
    link: world.consoleUrl ? `${world.consoleUrl}${timed.path}` : null,
    dueOn: timed.dueOn,
  };
  for (const member of await staffInOffice(world, overdue)) {
    const common = {
      occasion: `reminder:${timed.id}:${mark}:${member._id}`,
      to: member.email,
      language: 'en',
      automatic: true,
    };
    if (overdue)
      await queueLetter(
        world,
        { ...common, letter: 'deadline-overdue', model: { ...notice, daysOver: -daysLeft } },
        now,
      );
    else await queueLetter(world, { ...common, letter: 'deadline-reminder', model: { ...notice, daysLeft } }, now);
  }
  if (overdue) {
    const text = `${timed.reference} was due on ${timed.dueOn} and is not answered.`;
    await raiseFinding(
      world,
      { code: 'DEADLINE_MISSED', about: timed.id, severity: 'error', text, place: timed.id },
      now,
    );
  }

  const type = overdue ? 'DeadlineMissed' : 'DeadlineReminded';
  await update<StoredRequest | Ticket>(world, timed.collection, timed.id, (each) =>
    each.reminded.includes(mark)
      ? undefined
      : {
          document: { ...each, reminded: [...each.reminded, mark] },
          events: [event(world, type, now, { dueOn: timed.dueOn, step })],
        },
  );
  return true;
}
