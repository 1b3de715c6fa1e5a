import type { PackageEntry } from './packageEntry.ts';

/** Entries one after the other, with a look at whether there is another one. */
export interface PackageWalk {
  peek(): Promise<PackageEntry | undefined>;
  next(): Promise<PackageEntry | undefined>;
  end(): Promise<void>;
}

export function packageWalk(entries: AsyncIterable<PackageEntry>): PackageWalk {
  const walk = entries[Symbol.asyncIterator]();
  let ahead: Promise<PackageEntry | undefined> | undefined;
  const peek = (): Promise<PackageEntry | undefined> => {
    ahead ??= walk.next().then(({ done, value }) => (done ? undefined : value));
    return ahead;
  };
  return {
    peek,
    async next() {
      const entry = await peek();
      if (entry) ahead = undefined;
      return entry;
    },
    async end() {
      await walk.return?.();
    },
  };
}
