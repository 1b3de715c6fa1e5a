import type { ScanFinding } from '../kernel/scan/scanFinding.ts';

export type { ScanCode, ScanFinding } from '../kernel/scan/scanFinding.ts';

/** Looks at what is there: all that was written past the gates, or before there were any. */
export interface Scan {
  /**
   * Goes once through all records, whoever wrote them, and compares them and the host's models with the inventory. Raises
   * what it finds as findings, and resolves those whose cause a whole look no longer finds. Changes no data. Throws SCAN_INVALID, SCAN_REFUSED.
   */
  run(options?: ScanOptions): Promise<ScanReport>;
}

export interface ScanOptions {
  /** So many of the newest records of each collection; absent: all of them. */
  readonly sample?: number;
  /** Values that somebody planted, to learn where they ended up; 20 at most, of 4 to 200 letters each. */
  readonly canaries?: readonly string[];
  /** Keys of some of the records go into the report. They may name people; findings that are stored never hold them. */
  readonly ids?: boolean;
}

export interface ScanReport {
  /** The worst first, then by place. */
  readonly findings: readonly ScanFinding[];
  readonly looked: Looked;
}

/** How far a scan looked. */
export interface Looked {
  readonly collections: readonly { readonly collection: string; readonly records: number }[];
  /** Collections that were not opened, since they hold the bytes of files. */
  readonly leftOut: readonly string[];
  /** People by whom records were told to be theirs where the inventory knows no data. */
  readonly people: number;
  /** Collections that models of the host store into; 0 where none were handed over. */
  readonly models: number;
  /** Every record of every collection was looked at. */
  readonly whole: boolean;
}
