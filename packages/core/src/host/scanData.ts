import type { ScanOptions, ScanReport } from '../engine/keptScan.ts';
import type { Policy } from '../kernel/policy/policy.ts';

/** What a scan reads that no Kept is opened for. */
export interface ScanDataOptions extends ScanOptions {
  /** The policy whose inventory it is compared with. */
  policy: Policy;
  /** The host's database: a Mongoose connection, or anything with the driver's `db`. Absent: models alone are compared. */
  data?: { db?: unknown };
  /** A Mongoose instance or connection, models by name, or a module that exports one of these; absent: those of `data`. */
  models?: object;
  now: Date;
}

/**
 * Goes once through all records, whoever wrote them, and compares them and the models with the inventory: what
 * `kept.scan.run` does, without storing what it finds. Reads only. Throws SCAN_INVALID, SCAN_REFUSED, MODELS_INVALID, DATABASE_MISSING.
 */
export async function scanData({ policy, data, models, now, ...options }: ScanDataOptions): Promise<ScanReport> {
  const { assembleScan } = await import('./assembleScan.ts');
  return assembleScan(policy, data, models, now, options);
}
