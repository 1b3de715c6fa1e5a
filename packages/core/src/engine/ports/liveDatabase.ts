import type { CollectionSchema } from '../../kernel/scan/judgeSchemas.ts';

/** A host's database as it is, whatever the inventory says of it. Read only. Adapter: mongo. */
export interface LiveDatabase {
  /** Names of the collections, sorted; views and the database's own left out. */
  collections(): Promise<string[]>;
  /**
   * Whole records as they are stored, whoever wrote them, oldest first; with `newest`, so many of the newest. Few of them
   * are held at a time.
   */
  documents(collection: string, newest?: number): AsyncIterable<object>;
  /** What the host's models can store; empty where it handed over none. */
  schemas(): readonly CollectionSchema[];
}
