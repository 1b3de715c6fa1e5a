import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { covers } from '../../kernel/policy/vocabulary.ts';
import { runsOf } from '../../kernel/request/runOf.ts';
import { isOver, mayBeOver } from '../../kernel/retention/isOver.ts';
import type { Anchors } from '../../kernel/retention/recordLimit.ts';
import { strongestHold } from '../../kernel/retention/strongestHold.ts';
import { sweepProposals } from '../disclosures/endProposals.ts';
import { sweepDisclosures } from '../egress/endDisclosures.ts';
import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import { sweepLinks } from '../links/endLinks.ts';
import { forgetNotifications } from '../notifications/forgetNotifications.ts';
import { endPackages } from '../packages/endPackages.ts';
import { eraseConversations } from '../removal/eraseConversations.ts';
import { OWN } from '../removal/ownRecords.ts';
import { forgetReceipts } from '../rights/issueReceipt.ts';
import type { Identifier, StoredRequest, SweepCount, Ticket, Unit } from '../stored.ts';
import { sweepUses } from '../uses/endUses.ts';
import { sweepViews } from '../views/endViews.ts';
import type { World } from '../world.ts';
import { ownerFacts } from './overForOwner.ts';
import type { Sweep } from './sweep.ts';
import { sweepChoices } from './sweepChoices.ts';

const ROUND = 200;

/** Cases, mails, conversations and choices are personal data too: the same rules end them in Kept's own database. */
export async function sweepOwnRecords(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount[]> {
  // Nothing is taken out of a conversation or a case: they end as a whole.
  if (rule.then === 'redact') return [];
  return [
    ...(await sweepCovered(world, rule, work)),
    ...(await sweepDisclosures(world, rule, work)),
    ...(await sweepProposals(world, rule, work)),
    ...(await sweepLinks(world, rule, work)),
    ...(await sweepViews(world, rule, work)),
    ...(await sweepUses(world, rule, work)),
  ];
}

async function sweepCovered(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount[]> {
  const isCovered = (category: string): boolean => rule.covers.some((word) => covers(word, category));
  if (isCovered('support.conversation')) return [await sweepTickets(world, rule, work, OWN.conversations, false)];
  if (isCovered('rights.record')) return [await sweepTickets(world, rule, work, OWN.cases, true)];
  if (isCovered('choice.consent')) return [await sweepChoices(world, rule, work)];
  return [];
}

async function sweepTickets(
  world: World,
  rule: RetentionRule,
  work: Sweep,
  collection: string,
  cases: boolean,
): Promise<SweepCount> {
  const { zone } = world.policy.controller;
  const where = {
    service: world.service,
    status: 'closed',
    kind: cases ? 'rights' : { in: ['inquiry', 'unreadable'] },
  } as const;
  // Whatever a version calls it, a conversation has one date: that of its close.
  const names = [rule, ...(rule.earlier ?? [])].map(({ since = rule.since }) => since);
  const anchorsOf = ({ closedAt }: Ticket): Anchors => Object.fromEntries(names.map((name) => [name, closedAt]));
  const isHeld = ({ subject }: Ticket): boolean =>
    strongestHold(work.holds, collection, subject, work.now) !== undefined;

  const count = { collection, due: 0, held: 0, erased: 0, files: 0 };
  // Those that stay are passed over, so that they never hide the ones behind them.
  for (let skip = 0; ; ) {
    const oldest = await world.records
      .collection<Ticket>('tickets')
      .find(where, { sort: { closedAt: 1, _id: 1 }, skip, limit: ROUND });
    const ripe = oldest.filter((ticket) => mayBeOver(rule, anchorsOf(ticket), zone, work.now, work.aheadMs));
    const factsOf = await ownerFacts(
      world,
      rule,
      ripe.map(({ subject }) => subject),
    );
    const due = ripe.filter((ticket) => {
      const facts = { anchors: anchorsOf(ticket), ...factsOf(ticket.subject) };
      return isOver(rule, facts, zone, work.now, work.aheadMs);
    });
    const free = due.filter((ticket) => !isHeld(ticket));
    count.due += due.length;
    count.held += due.length - free.length;
    if (!work.dry && free.length > 0) {
      const tickets = free.map((ticket) => ticket._id);
      await eraseCases(world, tickets, work.now);
      await eraseConversations(world, tickets);
      count.erased += free.length;
    }
    if (ripe.length < ROUND) return count;
    skip += work.dry ? ripe.length : ripe.length - free.length;
  }
}

/** The cases of these tickets. One that merely stands on a ticket, as what goes on in place of a duplicate, has its own. */
async function eraseCases(world: World, tickets: readonly string[], now: Date): Promise<void> {
  const records = world.records.collection<StoredRequest>('requests');
  const units = world.records.collection<Unit>('units');
  const cases = await records.find({ service: world.service, ticket: { in: tickets } });
  if (cases.length === 0) return;
  const requests = cases.map(({ _id }) => _id);
  await endPackages(world, { requests });
  const runs = [...new Set([...requests, ...cases.flatMap(runsOf)])];
  const parts = await units.find({ run: { in: runs } });
  await settleEvidence(world, [...cases, ...parts]);
  await scrubEvidence(world, [...requests, ...parts.map((each) => each._id)]);
  await forgetReceipts(world, runs);
  // From those with files left the files are still found.
  await units.remove({ run: { in: runs }, retryAt: { exists: false } });
  await forgetNotifications(world, requests, now);
  // Before the cases: nobody would look for them again.
  await forgetIdentifiers(world, cases);
  await records.remove({ _id: { in: requests } });
}

/** The address that somebody confirmed is kept as long as a case of theirs is. */
async function forgetIdentifiers(world: World, ended: readonly StoredRequest[]): Promise<void> {
  const { service } = world;
  const over = new Set(ended.map(({ _id }) => _id));
  for (const subject of new Set(ended.flatMap((each) => ('subject' in each ? [each.subject] : [])))) {
    const cases = await world.records.collection<StoredRequest>('requests').find({ service, subject });
    if (cases.some(({ _id }) => !over.has(_id))) continue;
    await world.records.collection<Identifier>('identifiers').remove({ service, subject });
  }
}
