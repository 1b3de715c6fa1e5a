import type { RetentionRule } from '../../kernel/policy/policy.ts';
import { strongestHold } from '../../kernel/retention/strongestHold.ts';
import { scrubEvidence, settleEvidence } from '../evidence/evidence.ts';
import type { Sweep } from '../retention/sweep.ts';
import type { SweepCount } from '../stored.ts';
import type { World } from '../world.ts';
import type { StoredLink } from './storedLink.ts';

/** How links are called in plans and receipts. */
export const LINKS = 'kept.links';

export const LINK_CATEGORY = 'generation.sharing';

const ROUND = 500;

/** Takes links away, with what the evidence says of them. Repeating it is harmless. */
export async function endLinks(world: World, ids: readonly string[]): Promise<number> {
  const links = world.records.collection<StoredLink>('links');
  const these = { _id: { in: ids } };
  await settleEvidence(world, await links.find(these));
  await scrubEvidence(world, ids);
  await links.remove(these);
  return ids.length;
}

/** A link goes with its record: the rule that ends these records ends what is left of those that led to them. */
export async function sweepLinks(world: World, rule: RetentionRule, work: Sweep): Promise<SweepCount[]> {
  const count = { collection: LINKS, due: 0, held: 0, erased: 0, files: 0 };
  for (const { name, retention } of world.policy.inventory.collections) {
    if (retention !== rule.id) continue;
    for (let last = ''; ; ) {
      const where = { service: world.service, collection: name, _id: { after: last } };
      const links = world.records.collection<StoredLink>('links');
      const page = await links.find(where, { sort: { _id: 1 }, limit: ROUND });
      const over = await withoutRecord(world, name, page);
      const free = over.filter(({ subject }) => !strongestHold(work.holds, LINKS, subject, work.now));
      count.due += over.length;
      count.held += over.length - free.length;
      const ids = free.map(({ _id }) => _id);
      if (!work.dry && ids.length > 0) count.erased += await endLinks(world, ids);
      const next = page.at(-1)?._id;
      if (next === undefined || page.length < ROUND) break;
      last = next;
    }
  }
  return count.due > 0 ? [count] : [];
}

async function withoutRecord(world: World, collection: string, page: readonly StoredLink[]): Promise<StoredLink[]> {
  if (page.length === 0) return [];
  const keys = [...new Set(page.map(({ record }) => record))];
  const there = new Set((await world.data.recordsNamed(collection, keys)).map(({ id }) => String(id)));
  return page.filter(({ record }) => !there.has(record));
}
