import type { StaffMember, Stored } from './stored.ts';

/** Regular looks at security that the policy's measures promise: who of the staff has access, and where the service is weak. */
export interface Reviews {
  /** Every staff account with its role, its last use and who reviewed it when. */
  access(): Promise<AccessReview>;
  /**
   * Says that an account was looked at: it stays, or it ends and with it its sessions. Throws STAFF_MEMBER_NOT_FOUND,
   * APPROVAL_REFUSED for whoever is no privacy lead in office, REVIEW_REFUSED for one's own account where there is
   * another lead, and for the end of the last lead's, INPUT_INVALID.
   */
  review(staff: string, by: string, outcome: 'keep' | 'end'): Promise<StaffMember>;
  /** Records an assessment of vulnerabilities. Throws APPROVAL_REFUSED, INPUT_INVALID. */
  assess(input: {
    /** What was looked at, and what came of it, in 5 to 2000 characters. */
    readonly scope: string;
    readonly by: string;
    /** YYYY-MM-DD; today where absent, never a day to come. */
    readonly on?: string;
  }): Promise<Assessment>;
  /** Newest first. */
  assessments(): Promise<readonly Assessment[]>;
  /** Raises a finding for each review and assessment that is overdue, and resolves those that are not any more. */
  check(): Promise<{ overdue: number }>;
}

export interface AccessReview {
  /** Such as P90D; absent where the policy promises no reviews. */
  readonly every?: string;
  readonly clause?: string;
  readonly accounts: readonly ReviewedAccount[];
}

export interface ReviewedAccount {
  readonly staff: string;
  readonly name: string;
  readonly email: string;
  readonly role: StaffMember['role'];
  readonly addedAt?: Date;
  readonly lastSeenAt?: Date;
  readonly disabledAt?: Date;
  /** By whom: the name, or the id of somebody who is gone. */
  readonly reviewed?: { readonly at: Date; readonly by: string };
  /** Absent for accounts that have ended, and where nobody knows since when one is there. */
  readonly dueAt?: Date;
  readonly overdue: boolean;
}

export interface Assessment extends Stored {
  /** YYYY-MM-DD. */
  readonly on: string;
  readonly scope: string;
  readonly by: string;
  readonly recordedAt: Date;
  /** Absent where the policy promises none. */
  readonly nextDueOn?: string;
}
