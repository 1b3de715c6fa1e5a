import { tableOf } from '../../kernel/decide/policyTable.ts';
import { fresh } from '../aggregate.ts';
import { consents } from '../subjects/consents.ts';
import type { World } from '../world.ts';
import { type SetItem, type Use, useId } from './use.ts';

/** Writes a use down, once; answers whether it was new. */
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
    version: world.policy.version,
    flags: [...flags].sort().map((flag) => ({ flag, ...versionOf(flag) })),
  };
  return world.records.collection<Use>('uses').insert(use);
}
