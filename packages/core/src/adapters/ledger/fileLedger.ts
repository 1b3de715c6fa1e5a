import type { Ledger, LedgerEntry } from '../../engine/ports/edges.ts';
import { lineFile } from './lineFile.ts';

/** The ledger as `ledger.ndjson` in a private directory outside the database and its backups; several processes may share it. */
export function fileLedger(directory: string): Ledger {
  const file = lineFile<LedgerEntry>(directory, 'ledger.ndjson', (entry) => typeof entry.id === 'string');
  const known = new Set<string>();
  let end = 0;
  let tail: Promise<unknown> = Promise.resolve();

  const append = async (entry: LedgerEntry) => {
    const fresh = await file.read(end);
    for (const { id } of fresh.values) known.add(id);
    end = fresh.end;
    if (!known.has(entry.id)) await file.append(entry);
  };

  return {
    append(entry) {
      const done = tail.then(() => append(entry));
      tail = done.catch(() => undefined);
      return done;
    },
    async entries() {
      const { values } = await file.read();
      // Two processes may write the same entry at once; the first one counts.
      const byId = new Map(values.toReversed().map((entry) => [entry.id, entry]));
      return values.filter((entry) => byId.get(entry.id) === entry);
    },
  };
}
