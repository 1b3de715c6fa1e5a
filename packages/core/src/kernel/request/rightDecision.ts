/**
 * What a staff member decided on a request that has to be weighed before it is carried out; each right has its own, told
 * apart by `right`.
 */
export type RightDecision = ComplaintDecision;

/** A complaint, weighed (UK: DPA 2018 s.164A). */
export interface ComplaintDecision {
  readonly right: 'complaint';
  readonly outcome: 'upheld' | 'rejected';
  readonly reason: string;
}

/** Such a decision as it is on record: who took it, and when. */
export type DecisionTaken = RightDecision & { readonly by: string; readonly at: Date };
