import type { World } from './world.ts';

/** The world of this process: under the version that is in force, and under the one that was when somebody last asked. */
export interface Worlds {
  now(): Promise<World>;
  latest(): World;
}

export function worldsFrom(world: World): Worlds {
  let latest = world;
  return {
    async now() {
      latest = await latest.inForce();
      return latest;
    },
    latest: () => latest,
  };
}

/** The latest world as one object, for whoever holds it longer than a use case lasts. */
export function latestWorld(worlds: Worlds): World {
  return new Proxy(worlds.latest(), { get: (_, name) => worlds.latest()[name as keyof World] });
}

/**
 * Use cases each call of which first asks which version of the policy is in force, and stays with it to its end. Those that
 * answer at once take the version that was last heard of.
 */
export function useCasesInForce<T extends object>(
  worlds: Worlds,
  open: (world: World) => T,
  atOnce: readonly (keyof T)[] = [],
): T {
  const opened = new WeakMap<World, T>();
  const under = (world: World): T => {
    const known = opened.get(world) ?? open(world);
    opened.set(world, known);
    return known;
  };
  const call = (world: World, name: keyof T, args: readonly unknown[]): unknown =>
    (under(world)[name] as (...all: readonly unknown[]) => unknown)(...args);
  const names = Object.keys(under(worlds.latest())) as (keyof T)[];
  const entries = names.map((name) => [
    name,
    atOnce.includes(name)
      ? (...args: readonly unknown[]) => call(worlds.latest(), name, args)
      : async (...args: readonly unknown[]) => call(await worlds.now(), name, args),
  ]);
  return Object.fromEntries(entries) as T;
}
