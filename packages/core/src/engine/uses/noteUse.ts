import { tableOf } from '../../kernel/decide/policyTable.ts';
import { fresh, update } from '../aggregate.ts';
import { consents } from '../subjects/consents.ts';
import type { World } from '../world.ts';
import { type SetItem, type Use, useId } from './use.ts';

/**
 * Writes a use down, once; answers whether it was new. A record that was taken out and goes in again is there again, and one
 * that brings more with it than before is asked about by all of it from now on.
 */
export async function noteUse(world: World, purpose: string, set: string, item: SetItem, at: Date): Promise<boolean> {
  const { subject, record, categories } = item;
  const said = await consents(world).history(subject);
  const table = tableOf(world.policy);
  const flags = new Set(categories.flatMap((category) => table.gatesOf(purpose, category).map(({ flag }) => flag)));
  const versionOf = (flag: string): { version?: number } => {
    const version = said.filter((one) => one.flag === flag).at(-1)?.version;
    return version === undefined ? {} : { version };
  };

  const use: Use = {
    ...fresh(world, useId(world, set, item)),
    kind: 'use',
    set,
    purpose,
    categories: [...categories],
    record,
    subject,
    mark: await world.keys.mac('uses', subject),
    at,
    policyVersion: world.policy.version,
    flags: [...flags].map((flag) => ({ flag, ...versionOf(flag) })).sort(byFlag),
  };
  if (await world.records.collection<Use>('uses').insert(use)) return true;
  await update<Use>(world, 'uses', use._id, ({ takenAt, ...known }) => {
    const { version, pending } = known;
    if (takenAt) return { document: { ...use, version, pending } };
    const all = [...new Set([...known.categories, ...use.categories])];
    if (all.length === known.categories.length) return undefined;
    const byName = new Map([...known.flags, ...use.flags].map((one) => [one.flag, one]));
    return { document: { ...known, categories: all, flags: [...byName.values()].sort(byFlag) } };
  });
  return false;
}

function byFlag(a: Use['flags'][number], b: Use['flags'][number]): number {
  return a.flag < b.flag ? -1 : 1;
}
