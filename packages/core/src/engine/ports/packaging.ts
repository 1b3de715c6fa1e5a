import type { FileStore } from './edges.ts';

/** A file on its way into a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  /** Media is stored, text deflated. */
  readonly how: 'store' | 'deflate';
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * The bytes of a ZIP archive, made while they are read: one entry after the other, each asked for once the one before was
 * read to its end. All entries carry the one date. What an entry throws ends the archive. Adapter: `adapters/archive/zipOf`.
 */
export type Zip = (entries: AsyncIterable<ZipEntry>, date: Date) => AsyncIterable<Uint8Array>;

/** Where packages lie until they expire. They come here sealed. GridFS where the host names nothing else; any writable store. */
export interface PackageStore extends Pick<FileStore, 'read' | 'remove'> {
  /** Puts a whole file or none; one that is there is replaced. */
  put(key: string, content: AsyncIterable<Uint8Array>): Promise<number>;
  /** Reads from a byte on. Throws like `read`. Absent: the store begins at the beginning, and a download that goes on is slower. */
  readFrom?(key: string, at: number): Promise<AsyncIterable<Uint8Array>>;
}
