import { decideTogether } from '../../kernel/decide/decideTogether.ts';
import type { Decision } from '../../kernel/decision.ts';
import { event, update } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import { askAbout } from '../subjects/askAbout.ts';
import type { World } from '../world.ts';
import { noteUse } from './noteUse.ts';
import { demandItem, openSet } from './openSet.ts';
import { linesOf } from './setLines.ts';
import { lineOf, type SetItem, setId, type UseSet } from './use.ts';

/**
 * Hands out what may be used now, each item after it was asked for and written down. The evidence says how a build ended,
 * and the digest of the manifest as it was then; one that the caller left early says so.
 */
export async function* buildSet<Item extends SetItem>(
  world: World,
  { purpose, set: name, items }: { purpose: string; set: string; items: AsyncIterable<Item> | Iterable<Item> },
): AsyncGenerator<Item, void, undefined> {
  const set = await openSet(await world.inForce(), purpose, name, world.clock.now());
  const count = { used: 0, leftOut: 0, undetermined: 0 };
  let complete = false;
  try {
    for await (const item of items) {
      // A person may say no, and a version may change, while the set is being built.
      const today = await world.inForce();
      demandItem(today, item);
      const now = today.clock.now();
      const { outcome } = await mayUse(today, purpose, item);
      if (outcome === 'permitted') {
        await noteUse(today, purpose, set, item, now);
        count.used += 1;
        yield item;
        continue;
      }
      count.leftOut += 1;
      if (outcome === 'undetermined') {
        count.undetermined += 1;
        await reportUndetermined(today, set, now);
      }
    }
    complete = true;
  } finally {
    await close(world, set, { ...count, complete });
  }
}

/** The strictest answer of all categories that the item brings. */
export async function mayUse(world: World, purpose: string, item: SetItem): Promise<Decision> {
  const ask = await askAbout(world, { subject: item.subject });
  return decideTogether(item.categories.map((category) => ask({ purpose, category })));
}

async function close(world: World, set: string, result: object): Promise<void> {
  const now = world.clock.now();
  let digest = '';
  let lines = 0;
  for await (const use of linesOf(world, set)) {
    digest = world.crypto.sha256(`${digest}\n${JSON.stringify(lineOf(use))}`);
    lines += 1;
  }
  await update<UseSet>(world, 'uses', setId(world, set), (document) => ({
    document,
    events: [event(world, 'SetBuilt', now, { set, ...result, lines, digest })],
  }));
}

async function reportUndetermined(world: World, set: string, now: Date): Promise<void> {
  await raiseFinding(
    world,
    {
      code: 'USE_UNDETERMINED',
      about: setId(world, set),
      severity: 'warning',
      text: 'Records were left out of a set, because nobody could tell whether they may be used.',
      place: setId(world, set),
    },
    now,
  );
}
