import type { Simulation } from '../engine/policy/simulation.ts';
import type { FileStore } from '../engine/ports/edges.ts';
import type { Policy } from '../kernel/policy/policy.ts';

/** What a simulation reads, and how much of it. */
export interface SimulateOptions {
  /** The version that is worked by. */
  before: Policy;
  after: Policy;
  /** The host's database: a Mongoose connection, or anything with the driver's `db`. */
  data: { db?: unknown };
  /** Kept's own database; the same one where absent. */
  control?: { db?: unknown };
  /** Where given, the bytes of files are counted too. */
  files?: Readonly<Record<string, FileStore>>;
  now: Date;
  /** More documents than this are refused: what so many would feel should not be tried out first. */
  limit: number;
  /** How many ids and questions are shown of each kind. */
  samples: number;
}

/**
 * Counts over the live database what would go, or stay, under another version of the policy and not under the one that is
 * worked by, and which decisions would flip. What earlier versions promised binds as it would. Reads only.
 *
 * Throws POLICY_INVALID where the two are policies of different packs, DATABASE_MISSING.
 */
export async function simulateChange(options: SimulateOptions): Promise<Simulation> {
  const { assembleSimulation } = await import('./assembleSimulation.ts');
  return assembleSimulation(options);
}
