import type { Policy } from '../kernel/policy/policy.ts';
import type { Activation, ChangeCounts, Proposal, ToldChange } from './policy/policyRecords.ts';

export type { Activation, ChangeCounts, ToldChange } from './policy/policyRecords.ts';

/** Versions of the policy: a file is a proposal, the database holds the version that is worked by. */
export interface Policies {
  /**
   * Puts a version to staff. Throws POLICY_INVALID (another pack, a promise that no rule could keep, a file store that is
   * missing), POLICY_CONFLICT (active already, proposed already, or no higher version), APPROVAL_REFUSED, REASON_INVALID.
   */
  propose(policy: Policy, by: string, reason: string): Promise<PolicyProposal>;
  /**
   * Signs for a proposal. What loosens nothing is active at once when a privacy lead signs. What loosens needs two people,
   * a lead among them, and becomes active 24 hours after the second. Throws PROPOSAL_NOT_FOUND, POLICY_CONFLICT, APPROVAL_REFUSED.
   */
  approve(hash: string, by: string): Promise<PolicyProposal>;
  /** Takes a proposal back before it is active. Throws PROPOSAL_NOT_FOUND, POLICY_CONFLICT, APPROVAL_REFUSED, REASON_INVALID. */
  withdraw(hash: string, by: string, reason: string): Promise<PolicyProposal>;
  /** Those that are neither active nor withdrawn, oldest first. */
  proposals(): Promise<readonly PolicyProposal[]>;
  /** Every version that was active, oldest first. */
  history(): Promise<readonly Activation[]>;
  /** Records that a person accepted a version, the active one where none is named; sets no consent. Throws POLICY_INVALID. */
  accept(subject: string, source: string, version?: number): Promise<void>;
  /** What changed for a person since the version that they accepted last, oldest first; empty where nothing material did. */
  unaccepted(subject: string): Promise<readonly UnacceptedChange[]>;
  /** Makes active what is due, and writes the letters that tell people of it. */
  advance(): Promise<{ activated: number; told: number }>;
}

export interface PolicyProposal {
  readonly hash: string;
  readonly version: number;
  /** `waiting`: all have signed, and it becomes active at `dueAt`. */
  readonly state: 'open' | 'waiting' | 'active' | 'withdrawn';
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
  readonly loosens: boolean;
  readonly counts: ChangeCounts;
  readonly changes: readonly ToldChange[];
  readonly signatures: Proposal['signatures'];
  readonly dueAt?: Date;
  readonly withdrawn?: NonNullable<Proposal['withdrawn']>;
}

/** A version with changes that a person would decide by. */
export interface UnacceptedChange {
  readonly version: number;
  readonly since: Date;
  /** In words, a sentence each. */
  readonly changes: readonly string[];
}
