import type { EarlierPromises } from '../../kernel/change/earlierPromises.ts';
import type { PolicyChange } from '../../kernel/change/policyChange.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import type { Stored } from '../stored.ts';
import type { World } from '../world.ts';

/** Which version a service works by: the small document that every worker reads before it begins something. */
export interface PolicyInForce extends Stored {
  readonly pack: string;
  readonly policyVersion: number;
  readonly hash: string;
  readonly since: Date;
  /** Oldest first. */
  readonly history: readonly Activation[];
  /** What the retention rules of this version must still keep of earlier ones. */
  readonly earlier: EarlierPromises;
  /** Versions whose promises still bind, because a later one is looser. */
  readonly promised: readonly StandingVersion[];
  /** Day of the newest change that people are told of, where the file gives none of its own. */
  readonly lastUpdated?: string;
}

/** A version, and when it became the one that is worked by. */
export interface Activation {
  readonly hash: string;
  readonly version: number;
  readonly since: Date;
  /** Staff who proposed and approved it; absent where it became active by itself at a start. */
  readonly by?: { readonly proposed: string; readonly approved: readonly string[] };
  readonly counts: ChangeCounts;
  /** Every person is to be told of it. */
  readonly tells: boolean;
}

export interface ChangeCounts {
  readonly changes: number;
  readonly loosening: number;
  readonly tightening: number;
  readonly material: number;
}

export interface StandingVersion {
  readonly hash: string;
  readonly version: number;
  /** When a looser one took its place. */
  readonly until: Date;
}

/** A version as it was compiled, and how it came about. */
export interface PolicyVersion extends Stored {
  readonly hash: string;
  readonly policyVersion: number;
  /** The compiled policy as JSON: its keys hold dots, which not every database takes in field names. */
  readonly compiled: string;
  /** Against the version that was active when it was proposed. */
  readonly changes: readonly ToldChange[];
  readonly proposal?: Proposal;
}

/** A difference without its data: what people read. */
export type ToldChange = Pick<PolicyChange, 'rule' | 'clause' | 'text' | 'direction' | 'material'>;

export interface Proposal {
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
  /** Hash of the version that it was compared with. */
  readonly against: string;
  readonly signatures: readonly { readonly by: string; readonly at: Date }[];
  /** When a loosening that has its signatures becomes active. */
  readonly dueAt?: Date;
  /** Set right before the version becomes active: from then on it cannot be withdrawn. */
  readonly activating?: true;
  readonly withdrawn?: { readonly by: string; readonly at: Date; readonly reason: string };
}

/** The pointer of a service. */
export function inForceId({ service }: Pick<World, 'service'>): string {
  return `policy-${service}`;
}

export function versionId({ service }: Pick<World, 'service'>, hash: string): string {
  return `policy-${service}-${hash}`;
}

export function compiledText(policy: Policy): string {
  return JSON.stringify(policy);
}

export function compiledPolicy({ compiled }: PolicyVersion): Policy {
  return JSON.parse(compiled) as Policy;
}

export function countsOf(changes: readonly Pick<PolicyChange, 'direction' | 'material'>[]): ChangeCounts {
  return {
    changes: changes.length,
    loosening: changes.filter(({ direction }) => direction === 'loosens').length,
    tightening: changes.filter(({ direction }) => direction === 'tightens').length,
    material: changes.filter(({ material }) => material).length,
  };
}

export function told(changes: readonly PolicyChange[]): ToldChange[] {
  return changes.map(({ rule, clause, text, direction, material }) => ({ rule, clause, text, direction, material }));
}
