import type { Collection, mongo } from 'mongoose';
import type { Worlds } from '../../engine/useCasesInForce.ts';
import type { World } from '../../engine/world.ts';
import { collectionIn } from '../../kernel/guard/writeRules.ts';
import { KeptError } from '../../kernel/keptError.ts';

/** A change of the policy is heard of at least this often; what else asks Kept in this process tells it at once. */
const HEARD_MS = 1_000;

interface Guard {
  readonly service: string;
  latest(): World;
  now(): Promise<World>;
}

/** By client and name of the database; neither keeps the other alive. */
const guards = new WeakMap<object, Map<string, Guard[]>>();

/** From now on, governed models on this database are guarded by the policy in force of this Kept. */
export function bindGuard(db: mongo.Db, worlds: Worlds): void {
  const { service, stopwatch } = worlds.latest();
  let since: (() => number) | undefined;
  const guard: Guard = {
    service,
    latest: worlds.latest,
    async now() {
      if (since !== undefined && since() < HEARD_MS) return worlds.latest();
      const world = await worlds.now();
      since = stopwatch();
      return world;
    },
  };
  const onClient = guards.get(db.client) ?? new Map<string, Guard[]>();
  guards.set(db.client, onClient);
  const others = (onClient.get(db.databaseName) ?? []).filter((one) => one.service !== service);
  onClient.set(db.databaseName, [guard, ...others]);
}

/** The guard of a collection. Throws GUARD_NOT_READY_REFUSED before Kept has started on its database. */
export function guardOf({ conn }: Collection, name: string): Guard {
  const { db } = conn;
  const known = (db && guards.get(db.client)?.get(db.databaseName)) ?? [];
  const guard = known.find((one) => collectionIn(one.latest().policy.inventory, name)) ?? known[0];
  if (guard) return guard;
  throw new KeptError('GUARD_NOT_READY_REFUSED', `"${name}" is governed, and Kept has not started on its database`, {
    place: name,
    remedy: 'Call createKept({ data: mongoose.connection, … }) with the connection of the models before they are used.',
  });
}
