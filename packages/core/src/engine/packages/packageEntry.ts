/** Where a walk through a person's data stands, as plain JSON: a later part, or a run after a crash, goes on from it. */
export type Place = string | number | boolean | null | readonly Place[] | { readonly [key: string]: Place };

/** One file of a package, made while it is read. */
export interface PackageEntry {
  /** Path inside the package, such as `data/account.ndjson`. */
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** Media is stored, text deflated. */
  readonly how: 'store' | 'deflate';
  /** Read to its end before the next entry is asked for. A file that is missing throws FILE_NOT_FOUND when it is first read. */
  readonly content: AsyncIterable<Uint8Array>;
  /** Where the walk stands behind this entry. */
  readonly place: Place;
  /** Of as much of the content as was read. */
  readonly counts?: () => { readonly records: number; readonly files: number };
}

/** A person's package, entry by entry: from the beginning, or from behind the entry that had this place. */
export type PackageContents = (from?: Place) => AsyncIterable<PackageEntry>;
