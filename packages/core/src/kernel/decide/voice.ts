import type { Facts, Question, Reason } from '../decision.ts';
import type { Policy } from '../policy/policy.ts';
import type { PolicyTable } from './policyTable.ts';

/** One rule speaking on a question: a single `forbid` outweighs all others, then `unknown`. */
export interface Voice {
  readonly effect: 'forbid' | 'unknown' | 'allow';
  readonly reason: Reason;
  /** The fact whose absence leaves it open. */
  readonly missing?: string;
  /** What a permission is bound to. */
  readonly terms?: readonly string[];
}

/** All that a rule may know when it speaks. */
export interface Inquiry {
  readonly policy: Policy;
  readonly table: PolicyTable;
  readonly facts: Facts;
  readonly question: Question;
  readonly now: Date;
}

export function forbid(rule: string, clause: string, text: string): Voice {
  return { effect: 'forbid', reason: { rule, clause, text } };
}

export function allow(rule: string, clause: string, text: string, terms: readonly string[] = []): Voice {
  return { effect: 'allow', reason: { rule, clause, text }, terms };
}

export function unknown(rule: string, clause: string, text: string, missing: string): Voice {
  return { effect: 'unknown', reason: { rule, clause, text }, missing };
}
