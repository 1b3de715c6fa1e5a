import { event, update } from '../aggregate.ts';
import { demandPage } from '../demandPage.ts';
import { demandText } from '../demandText.ts';
import type { Uses } from '../keptChoices.ts';
import type { Where } from '../ports/recordStore.ts';
import { demandSubject } from '../subjects/demandSubject.ts';
import type { World } from '../world.ts';
import { buildSet, mayUse } from './buildSet.ts';
import { noteUse } from './noteUse.ts';
import { demandItem, demandRecords, openSet } from './openSet.ts';
import { linesOf } from './setLines.ts';
import { skipped } from './skipped.ts';
import { lineOf, setId, type Use, type UseSet } from './use.ts';

const MOST = 500;

/** What data was used for. */
export function uses(world: World): Uses {
  const all = world.records.collection<Use>('uses');
  const { service } = world;
  return {
    async record({ subject, purpose, categories, records, set: name }) {
      const now = world.clock.now();
      const items = demandRecords(records).map((record) => ({ subject, record, categories }));
      for (const item of items) demandItem(world, item);
      const set = await openSet(world, purpose, name, now);

      let recorded = 0;
      for (const item of items) if (await noteUse(world, purpose, set, item, now)) recorded += 1;
      await tell(world, set, 'DataUsed', now, { records: items.length, recorded });
      return { recorded };
    },

    async of(subject, { purpose, before, skip = 0, limit = 100 } = {}) {
      demandSubject(subject);
      demandPage({ skip, limit, instants: { before } });
      const where: Where = {
        service,
        subject,
        kind: 'use',
        ...(purpose !== undefined && { purpose: demandText(purpose, 'purpose', 200) }),
        ...(before !== undefined && { at: { before } }),
      };
      const page = { sort: { at: -1, _id: 1 }, skip, limit: Math.min(limit, MOST) } as const;
      const [items, total] = await Promise.all([all.find(where, page), all.count(where)]);
      return { items, total };
    },

    build: (set) => buildSet(world, set),

    async *stillAllowed(name) {
      for await (const use of linesOf(world, demandText(name, 'set', 200))) {
        if (use.takenAt) continue;
        yield { ...lineOf(use), ...(await answerFor(world, use)) };
      }
    },

    async taken(name, records, by) {
      const now = world.clock.now();
      const set = demandText(name, 'set', 200);
      const gone = demandRecords(records);
      const staff = demandText(by, 'by', 200);
      const found = await all.find({ service, set, kind: 'use', record: { in: gone }, takenAt: { exists: false } });

      for (const { _id } of found) {
        await update<Use>(world, 'uses', _id, (use) =>
          use.takenAt ? undefined : { document: { ...use, takenAt: now } },
        );
      }
      // Of somebody who was erased nothing had stayed but that the record must go, and now it has.
      await all.remove({ service, set, kind: 'use', record: { in: gone }, erasedAt: { exists: true }, mark: null });
      if (found.length > 0) await tell(world, set, 'RecordsTakenOut', now, { records: found.length, by: staff });
      return { taken: found.length };
    },

    async *manifest(name) {
      for await (const use of linesOf(world, demandText(name, 'set', 200))) if (!use.takenAt) yield lineOf(use);
    },

    skipped: (skip) => skipped(world, skip),
  };
}

/** Asked as if the record were to go in today. */
async function answerFor(
  world: World,
  { subject, purpose, record, categories }: Use,
): Promise<{ allowed: boolean; because: readonly string[] }> {
  if (subject === undefined) return { allowed: false, because: ['the person was erased'] };
  const { outcome, because } = await mayUse(await world.inForce(), purpose, { subject, record, categories });
  return { allowed: outcome === 'permitted', because: because.map(({ text }) => text) };
}

async function tell(world: World, set: string, type: string, at: Date, details: object): Promise<void> {
  await update<UseSet>(world, 'uses', setId(world, set), (document) => ({
    document,
    events: [event(world, type, at, { set, ...details })],
  }));
}
