import type { Found } from '../../../kernel/decision.ts';
import type { World } from '../../world.ts';
import type { CopyScope } from './copyScope.ts';
import { ownFiles, UNMASKED } from './ownFiles.ts';

/** What Kept itself keeps of a person, a line for each category in a file of the package. */
export interface OwnHeld {
  readonly file: string;
  readonly category: string;
  readonly records: number;
}

/** What there is of a person, at the host and with Kept; kinds without anything are left out. */
export interface Held {
  readonly found: readonly Found[];
  readonly own: readonly OwnHeld[];
}

/** Kept knows of everybody who asks that they asked: that alone is no data to send them a copy of. */
const OF_THE_CASE = ['kept/requests.json', 'kept/conversations.json', 'kept/letters.json'];

export async function heldOf(world: World, scope: Pick<CopyScope, 'subject' | 'question'>): Promise<Held> {
  const own: OwnHeld[] = [];
  for (const { name, category, read } of ownFiles) {
    const counts = new Map<string, number>();
    for await (const item of read(world, scope.question, UNMASKED)) {
      const one = typeof category === 'string' ? category : category(item);
      counts.set(one, (counts.get(one) ?? 0) + 1);
    }
    for (const [one, records] of counts) own.push({ file: name, category: one, records });
  }
  return { found: await world.data.survey(scope.subject), own };
}

/** Whether there is anything beside the request itself; it looks no further than the first of it. */
export async function isAnything(
  world: World,
  { subject, question }: Pick<CopyScope, 'subject' | 'question'>,
): Promise<boolean> {
  const collections = world.policy.inventory.collections;
  for (const { name } of collections) if ((await world.data.recordsOf(subject, name, 1)).length > 0) return true;
  for (const { name, read } of ownFiles) {
    if (OF_THE_CASE.includes(name)) continue;
    for await (const _ of read(world, question, UNMASKED)) return true;
  }
  return false;
}
