/** Those who receive data, as the policy lists them. */
export interface Recipients {
  /**
   * Raises a finding 60, 30 and 7 days before an agreement ends, and once it has, each once; resolves them when the policy
   * names a new date. Meant to run daily.
   */
  review(): Promise<{ raised: number; resolved: number }>;
}
