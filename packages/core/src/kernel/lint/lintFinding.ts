import { type LintCode, lintCodes } from './lintCodes.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Something in a policy that a person should look at. `error`: it is broken; the others are choices to be aware of. */
export interface LintFinding {
  /** One of `lintCodes`, or `POLICY_…` for a mistake that keeps the policy from loading. */
  readonly code: string;
  readonly severity: Severity;
  readonly clause?: string;
  /** The rule it is about, such as `recipients.fal-ai`. */
  readonly where: string;
  readonly message: string;
  readonly remedy: string;
}

/** Where something was found: the rule, and the clause that it keeps. */
export interface Place {
  readonly where: string;
  readonly clause?: string | undefined;
}

export function finding(code: LintCode, { where, clause }: Place, message: string, remedy: string): LintFinding {
  const { severity } = lintCodes[code];
  return { code, severity, ...(clause !== undefined && { clause }), where, message, remedy };
}
