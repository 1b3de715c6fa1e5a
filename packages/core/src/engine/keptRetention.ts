import type { Mode } from '../kernel/policy/policy.ts';
import type { StoppedSweep, SweepStop } from './retention/stoppedSweep.ts';
import type { Run, SweepCount } from './stored.ts';

/** What a sweep of one rule counted and did. */
export interface SweepReport {
  readonly rule: string;
  readonly clause: string;
  readonly mode: Mode;
  readonly collections: readonly SweepCount[];
  readonly stopped?: string;
  readonly ms: number;
}

export interface Retention {
  /** `dryRun` counts and changes nothing, whatever the mode. */
  sweep(options?: { dryRun?: boolean; rule?: string }): Promise<readonly SweepReport[]>;
  /** Newest first. `notable` asks only for those that erased something or stopped. Rules that observe leave none. */
  runs(options?: { rule?: string; notable?: boolean; skip?: number; limit?: number }): Promise<readonly Run[]>;
  /**
   * Signs for what a rule's sweep was stopped at, for 24 hours: two people, a privacy lead among them, let the next sweep
   * through once. With `seen`, only while it is that. Throws SWEEP_CONFLICT, APPROVAL_REFUSED, REASON_INVALID.
   */
  allow(rule: string, by: string, reason: string, seen?: { collection: string; due: number }): Promise<StoppedSweep>;
  /** Rules whose sweep has stopped, with the signatures that count now. */
  stops(): Promise<readonly (StoppedSweep & { readonly stop: SweepStop })[]>;
  modeOf(rule: string): Mode;
}
