import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { isOver } from '../../kernel/retention/isOver.ts';
import { strongestHold } from '../../kernel/retention/strongestHold.ts';
import { update } from '../aggregate.ts';
import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import { forgetNotifications } from '../notifications/forgetNotifications.ts';
import { OWN } from '../removal/ownRecords.ts';
import { forgetReceipts } from '../rights/issueReceipt.ts';
import { liftedReceiptId } from '../rights/restriction/signLifted.ts';
import type { Stored, SweepCount } from '../stored.ts';
import { changing, forgetStamp } from '../subjects/stamps.ts';
import type { World } from '../world.ts';
import type { Sweep } from './sweep.ts';

const ROUND = 500;

const KINDS = ['consents', 'objections', 'acceptances', 'holds'] as const;

/** Of holds, what was lifted and names a person: a restriction was their choice, and no case need lie behind it. */
const LIFTED = { until: { exists: true }, subject: { exists: true } } as const;

/** What proves a choice: a person's history of consents or objections, that they accepted a version, or a lifted hold. */
type Choice = Stored & { readonly subject: string; readonly endedAt?: Date };

/**
 * Ends the proofs of choices whose people have no account any more; while they have one, a no must go on to count. Hosts do
 * not say when an account went: the first sweep that misses it writes that down, and forgets it again where it is back.
 */
export async function sweepChoices(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount> {
  const count = { collection: OWN.choices, due: 0, held: 0, erased: 0, files: 0 };
  const { zone } = world.policy.controller;
  for (const name of KINDS) {
    const choices = world.records.collection<Choice>(name);
    for (let last = ''; ; ) {
      const where = { service: world.service, _id: { after: last }, ...(name === 'holds' && LIFTED) };
      const page = await choices.find(where, { sort: { _id: 1 }, limit: ROUND });
      const there = await world.data.profilesOf([...new Set(page.map(({ subject }) => subject))]);
      if (!work.dry) await noteEnds(world, name, page, (subject) => there.has(subject), work.now);
      const over = page.filter(
        ({ subject, endedAt }) =>
          !there.has(subject) && isOver(rule, { anchors: { [rule.since]: endedAt } }, zone, work.now, work.aheadMs),
      );
      const free = over.filter(({ subject }) => !strongestHold(work.holds, OWN.choices, subject, work.now));
      count.due += over.length;
      count.held += over.length - free.length;
      if (!work.dry && free.length > 0) {
        const ids = free.map(({ _id }) => _id);
        await settleEvidence(world, free);
        await scrubEvidence(world, ids);
        // What recipients were told of a restriction without a case, and what was signed of its end.
        if (name === 'holds') {
          await forgetNotifications(world, ids, work.now);
          await forgetReceipts(world, ids.map(liftedReceiptId));
        }
        count.erased += await choices.remove({ _id: { in: ids } });
        for (const { subject } of free) await forgetChoices(world, subject);
      }
      const next = page.at(-1)?._id;
      if (next === undefined || page.length < ROUND) break;
      last = next;
    }
  }
  return count;
}

/** Who has none left needs no stamp of them either. */
async function forgetChoices(world: World, subject: string): Promise<void> {
  const where = { service: world.service, subject };
  const left = await Promise.all(KINDS.map((name) => world.records.collection<Choice>(name).count(where)));
  await (left.some((count) => count > 0) ? changing(world, subject, async () => {}) : forgetStamp(world, subject));
}

async function noteEnds(
  world: World,
  name: (typeof KINDS)[number],
  page: readonly Choice[],
  isThere: (subject: string) => boolean,
  now: Date,
): Promise<void> {
  for (const { _id, subject, endedAt } of page) {
    const ended = !isThere(subject);
    if (ended === (endedAt !== undefined)) continue;
    await update<Choice>(world, name, _id, ({ endedAt: _, ...choice }) => ({
      document: { ...choice, ...(ended && { endedAt: now }) },
    }));
  }
}
