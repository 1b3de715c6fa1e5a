import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { limitOf } from '../../kernel/retention/dueAt.ts';
import { eraseConversation, OWN } from '../removal/ownRecords.ts';
import type { StoredReceipt, StoredRequest, SweepCount, Ticket, Unit } from '../stored.ts';
import type { World } from '../world.ts';
import type { Sweep } from './sweep.ts';

const ROUND = 200;

/** Cases, mails and conversations are personal data too: the same rules end them in Kept's own database. */
export async function sweepOwnRecords(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount[]> {
  if (covers(rule, 'support.conversation')) return [await sweepTickets(world, rule, work, OWN.conversations, false)];
  if (covers(rule, 'rights.record')) return [await sweepTickets(world, rule, work, OWN.cases, true)];
  return [];
}

async function sweepTickets(
  world: World,
  rule: RetentionRule,
  work: Sweep,
  collection: string,
  cases: boolean,
): Promise<SweepCount> {
  const limit = limitOf(rule.keep);
  const { zone } = world.policy.controller;
  const closed = await world.records
    .collection<Ticket>('tickets')
    .find(
      { service: world.service, status: 'closed', kind: cases ? 'rights' : { in: ['inquiry', 'unreadable'] } },
      { sort: { closedAt: 1 }, limit: ROUND },
    );
  const early = work.now.getTime() + work.aheadMs;
  const due = closed.filter((ticket) => ticket.closedAt && limit.end(ticket.closedAt, zone).getTime() <= early);
  const held = due.filter((ticket) =>
    work.holds.some((hold) => hold.kind === 'legal' && (!hold.subject || hold.subject === ticket.subject)),
  );
  const count = { collection, due: due.length, held: held.length, erased: 0, files: 0 };
  if (work.dry) return count;

  for (const ticket of due) {
    if (held.includes(ticket)) continue;
    for (const request of ticket.requests) await eraseCase(world, request);
    await eraseConversation(world, ticket._id);
    count.erased += 1;
  }
  return count;
}

async function eraseCase(world: World, request: string): Promise<void> {
  await world.records.collection<StoredReceipt>('receipts').remove({ request });
  await world.records.collection<Unit>('units').remove({ run: request });
  await world.records.collection<StoredRequest>('requests').remove({ _id: request });
}

function covers(rule: RetentionRule, category: string): boolean {
  return rule.covers.some((covered) => category === covered || category.startsWith(`${covered}.`));
}
