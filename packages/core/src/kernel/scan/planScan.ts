import type { Inventory } from '../policy/inventory.ts';
import { storedName } from '../policy/storedCollection.ts';
import type { Standing } from './findingsIn.ts';
import { type ScanFinding, scanFinding } from './scanFinding.ts';
import { shownCollection } from './shownName.ts';

/** A collection that is looked through, with its name as findings show it. */
export interface Planned {
  readonly collection: string;
  readonly shown: string;
  readonly standing: Standing;
}

export interface ScanPlan {
  readonly look: readonly Planned[];
  /** The bytes of files, which are no records. */
  readonly leftOut: readonly string[];
  /** Collections and file stores that the inventory does not know. */
  readonly findings: readonly ScanFinding[];
}

/** What the collections of a database are to the inventory. A pair of `x.files` and `x.chunks` is a file store (GridFS). */
export function planScan(inventory: Inventory, names: readonly string[], stores: readonly string[]): ScanPlan {
  const { collections, impersonal = [], files } = inventory;
  const has = (list: readonly { readonly name: string }[], name: string): boolean =>
    list.some((each) => each.name === name);
  const buckets = names
    .flatMap((name) => /^(.+)\.chunks$/.exec(name)?.[1] ?? [])
    .filter((each) => names.includes(`${each}.files`));
  const leftOut = buckets.map((bucket) => `${bucket}.chunks`);

  const findings: ScanFinding[] = [];
  const standingOf = (name: string): Standing => {
    if (name.startsWith('kept_')) return 'own';
    if (collections.some((each) => storedName(each) === name)) return 'listed';
    if (has(impersonal, name)) return 'impersonal';
    const bucket = buckets.find((each) => name === `${each}.files`);
    if (bucket !== undefined && has(files, bucket)) return 'impersonal';
    findings.push(
      bucket === undefined
        ? scanFinding('COLLECTION_UNLISTED', shownCollection(name), 'The inventory does not know this collection')
        : scanFinding(
            'FILES_UNLISTED',
            shownCollection(bucket),
            'The database stores files that the inventory does not know',
          ),
    );
    return 'unlisted';
  };
  const look = names
    .filter((name) => !leftOut.includes(name))
    .map((name) => ({ name, standing: standingOf(name) }))
    .map(({ name, standing }) => ({
      ...{ collection: name, standing },
      shown: standing === 'unlisted' ? shownCollection(name) : name,
    }));
  for (const store of stores.filter((name) => !has(files, name))) {
    findings.push(
      scanFinding('FILES_UNLISTED', store, 'The host handed over a file store that the inventory does not know'),
    );
  }
  return { look, leftOut, findings };
}
