/** Something in a policy that a person should look at. `error`: it is broken; the others are choices to be aware of. */
export interface LintFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly clause?: string;
  /** The rule it is about, such as `recipients.fal-ai`. */
  readonly where: string;
  readonly message: string;
  readonly remedy: string;
}
