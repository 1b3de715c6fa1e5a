import type { Readable } from 'node:stream';
import type { FileStore } from '../../engine/ports/edges.ts';

/** A file store as its host uses it: the engine itself only counts, reads and removes. */
export interface WritableFiles extends FileStore {
  /** Puts a whole file or none; one that is there is replaced. Answers its size in bytes. */
  put(key: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<number>;
  read(key: string): Promise<Readable>;
  /** From a byte on. Absent: the store begins at the beginning. */
  readFrom?(key: string, at: number): Promise<Readable>;
}

export interface FilesOptions {
  /** Declares that what lies below is encrypted at rest: an encrypted volume or bucket. */
  readonly encrypted?: boolean;
  /** Suffixes of renditions that belong to a file and go with it: `<key>.<suffix>`. */
  readonly derived?: readonly string[];
}
