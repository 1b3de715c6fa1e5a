import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Collection, type Db, MongoClient } from 'mongodb';
import { KNOWN_GAPS } from '../../../../packages/localdb/src/knownGaps.ts';
import type { ItemName } from './items.ts';

/** Documents of any shape, with any kind of _id. */
// biome-ignore lint/suspicious/noExplicitAny: the items use what MongoDB allows, not what one model says.
export type Anything = any;

/** What the items of one file work with. */
export interface Scene {
  client: MongoClient;
  db: Db;
  uri: string;
  /** A collection that nobody has used. */
  fresh(): Collection<Anything>;
}

/** Opens a database of its own for one file, on the database of this test run. */
export function compatibility(theme: string): Scene {
  const uri = process.env.KEPT_TEST_MONGODB_URI as string;
  const client = new MongoClient(uri);
  const db = client.db(`compat_${theme}_${randomBytes(4).toString('hex')}`);
  let collections = 0;
  beforeAll(async () => {
    await client.connect();
  });
  afterAll(async () => {
    await db.dropDatabase();
    await client.close();
  });
  return {
    client,
    db,
    uri,
    fresh() {
      collections += 1;
      return db.collection(`c${collections}`);
    },
  };
}

let engine: Promise<string> | undefined;

async function engineName(uri: string): Promise<string> {
  const client = await MongoClient.connect(uri);
  try {
    const { kept } = await client.db('admin').command({ buildInfo: 1 });
    return typeof kept === 'string' ? kept : 'mongodb';
  } finally {
    await client.close();
  }
}

/** One item. Where the engine is known to lack it, it must fail in the way that the list of gaps says. */
export function item(name: ItemName, work: () => Promise<void>, timeoutMs = 60_000): void {
  test(
    name,
    async () => {
      engine ??= engineName(process.env.KEPT_TEST_MONGODB_URI as string);
      const gap = (await engine) === 'documentdb' ? KNOWN_GAPS[name] : undefined;
      if (!gap) return work();
      await expect(work()).rejects.toMatchObject({ code: gap.code });
    },
    timeoutMs,
  );
}

/** Waits until something is so. */
export async function until(isSo: () => boolean | Promise<boolean>, limitMs = 8_000): Promise<void> {
  const giveUpAt = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > giveUpAt) throw new Error(`not so within ${limitMs} ms`);
    await pause(30);
  }
}

/** Lets time pass where the item is about time. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** `count` documents, one for each number from 0. */
export function numbered<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
