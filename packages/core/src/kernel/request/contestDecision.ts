/** A complaint, weighed (UK: DPA 2018 s.164A). Where it is upheld, the request that it is about is taken up anew. */
export interface ComplaintDecision {
  readonly right: 'complaint';
  readonly outcome: 'upheld' | 'rejected';
  /** In writing to the person, whatever the outcome. */
  readonly reason: string;
}

/** An appeal against a refusal, weighed by somebody who had no part in it (laws of US states). */
export interface AppealDecision {
  readonly right: 'appeal';
  readonly outcome: 'upheld' | 'rejected';
  readonly reason: string;
}

export type ContestDecision = ComplaintDecision | AppealDecision;
