import type { Kept } from '../engine/kept.ts';
import { dayOf } from '../engine/outbox/letterFrame.ts';
import type { World } from '../engine/world.ts';
import { covers } from '../kernel/policy/vocabulary.ts';

const MOST = 500;

/** One set for which a person's data was used. */
export interface OwnUse {
  readonly set: string;
  readonly purpose: string;
  readonly label: string;
  readonly records: number;
  /** YYYY-MM-DD, of the first record. */
  readonly since: string;
}

/** What a person's data was used for, set by set, the newest first; with a flag, only what its consent opened. */
export async function ownUses(kept: Kept, world: World, subject: string, flag?: string): Promise<OwnUse[]> {
  const { policy } = world;
  const opened = policy.consents.find((one) => one.flag === flag)?.gates.purposes;
  const { items } = await kept.uses.of(subject, { limit: MOST });
  const sets = new Map<string, { readonly newest: Date; readonly use: OwnUse }>();
  for (const { set, purpose, at } of items) {
    if (opened && !opened.some((word) => covers(word, purpose))) continue;
    const label = policy.purposes.find(({ name }) => name === purpose)?.label ?? purpose;
    const { newest, use } = sets.get(set) ?? { newest: at, use: undefined };
    const records = (use?.records ?? 0) + 1;
    sets.set(set, { newest, use: { set, purpose, label, records, since: dayOf(world, at) } });
  }
  return [...sets.values()]
    .sort((a, b) => b.newest.getTime() - a.newest.getTime() || (a.use.set < b.use.set ? -1 : 1))
    .map(({ use }) => use);
}
