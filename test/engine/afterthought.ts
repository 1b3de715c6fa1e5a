import type { Scene } from '../support/scene.ts';

/** The database, with something that happens right after each call of this method on this collection, as if by another process. */
export function withAfterthought(
  db: Scene['db'],
  collection: string,
  method: string,
  happens: () => Promise<unknown>,
): object {
  const bound = (target: object, property: PropertyKey): unknown => {
    const value = Reflect.get(target, property) as unknown;
    return typeof value === 'function' ? value.bind(target) : value;
  };
  const watched = (target: object): object =>
    new Proxy(target, {
      get(_, property) {
        const call = bound(target, property);
        if (property !== method) return call;
        return async (...args: unknown[]) => {
          const result = await (call as (...all: unknown[]) => Promise<unknown>)(...args);
          await happens();
          return result;
        };
      },
    });
  return new Proxy(db, {
    get(_, property) {
      if (property !== 'collection') return bound(db, property);
      return (name: string, options?: object) => {
        const opened = db.collection(name, options);
        return name === collection ? watched(opened) : opened;
      };
    },
  });
}
