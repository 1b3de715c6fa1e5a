import type { Ledger, LedgerEntry } from '../../engine/ports/edges.ts';

/** A ledger that ends with the process: for tests. */
export function memoryLedger(): Ledger {
  const byId = new Map<string, LedgerEntry>();
  return {
    async append(entry) {
      if (!byId.has(entry.id)) byId.set(entry.id, structuredClone(entry));
    },
    entries: async () => [...byId.values()],
  };
}
