import type { StoredRequest } from '../stored.ts';
import type { World } from '../world.ts';

/**
 * Whose data a mail is about, and the registered address at which each of them is asked. Somebody named in the text who
 * has an account is asked there, and the writer learns nothing of it. The writer's own account, if any, is meant where the
 * words speak of the writer, and where nobody else with an account is named.
 */
export async function whoseData(
  world: World,
  writer: string,
  named: readonly string[],
  ofSelf: boolean,
): Promise<NonNullable<StoredRequest['about']>[]> {
  const others = await accountsAt(
    world,
    named.map((each) => each.toLowerCase()).filter((each) => each !== writer),
  );
  const own = await accountsAt(world, [writer]);
  const strangers = others.filter((other) => !own.some((mine) => mine.subject === other.subject));
  return ofSelf || strangers.length === 0 ? [...own, ...strangers] : strangers;
}

async function accountsAt(world: World, addresses: readonly string[]): Promise<NonNullable<StoredRequest['about']>[]> {
  const found = new Map<string, NonNullable<StoredRequest['about']>>();
  for (const address of addresses) {
    for (const subject of await world.data.subjectsAt(address)) {
      if (!found.has(subject)) found.set(subject, { subject, address });
    }
  }
  return [...found.values()];
}
