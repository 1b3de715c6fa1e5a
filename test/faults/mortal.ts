import type mongoose from 'mongoose';

type Db = mongoose.mongo.Db;

/** What the dead process throws from then on, whatever it still tries. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Everything through which a process changes something that outlives it. */
const WRITES = new Set([
  'insertMany',
  'insertOne',
  'replaceOne',
  'updateOne',
  'updateMany',
  'deleteOne',
  'deleteMany',
  'findOneAndUpdate',
]);
const READS = new Set(['find', 'findOne', 'countDocuments', 'distinct', 'aggregate']);

export interface Life {
  /** The calls with an effect, in their order, such as `kept_mails.insertMany`. */
  readonly calls: readonly string[];
  readonly dead: boolean;
  mortal<T extends object>(name: string, edge: T, writes: readonly string[]): T;
  database(db: Db): Db;
}

/**
 * A process that dies right after its n-th effect (0: before the first). The moment after one effect is the moment before
 * the next, so dying after each covers every boundary between two of them; reads change nothing and make no boundary.
 */
export function life(diesAfter = Number.POSITIVE_INFINITY): Life {
  const calls: string[] = [];
  let dead = false;
  const demandAlive = (): void => {
    if (!dead && calls.length >= diesAfter) dead = true;
    if (dead) throw new Killed('The process is dead');
  };
  const effect = async <R>(name: string, act: () => Promise<R>): Promise<R> => {
    demandAlive();
    calls.push(name);
    const last = calls.length === diesAfter;
    const result = await act();
    if (last || dead) {
      dead = true;
      throw new Killed('The process died here');
    }
    return result;
  };
  const wrap = <T extends object>(
    name: string,
    target: T,
    writes: ReadonlySet<string>,
    reads?: ReadonlySet<string>,
  ): T =>
    new Proxy(target, {
      get(_, property) {
        const value = Reflect.get(target, property) as unknown;
        if (typeof value !== 'function') return value;
        const method = value as (...args: unknown[]) => unknown;
        if (writes.has(String(property))) {
          return (...args: unknown[]) => effect(`${name}.${String(property)}`, async () => method.apply(target, args));
        }
        if (reads && !reads.has(String(property))) return method.bind(target);
        return (...args: unknown[]) => {
          demandAlive();
          return method.apply(target, args);
        };
      },
    });

  return {
    calls,
    get dead() {
      return dead;
    },
    mortal: (name, edge, writes) => wrap(name, edge, new Set(writes)),
    database: (db) =>
      new Proxy(db, {
        get(_, property) {
          const value = Reflect.get(db, property) as unknown;
          if (property !== 'collection') return typeof value === 'function' ? value.bind(db) : value;
          return (name: string, options?: object) => wrap(name, db.collection(name, options), WRITES, READS);
        },
      }),
  };
}
