/** An objection, weighed purpose by purpose. What ends whatever its reasons, such as marketing, is not weighed. */
export interface ObjectionDecision {
  readonly right: 'objection';
  readonly balances: readonly Balance[];
}

/**
 * The person's reasons against the controller's. The burden is the controller's (Art 21(1) GDPR): whose grounds are not
 * compelling, or needed for legal claims, upholds the objection.
 */
export interface Balance {
  readonly purpose: string;
  readonly outcome: 'upheld' | 'overridden';
  /** What the controller has for it. */
  readonly interests: string;
  /** Why that outweighs the person's interests, or does not: told to the person in these words where it is overridden. */
  readonly reasons: string;
  /** Such as `Article 21(1) GDPR`. */
  readonly article: string;
}
