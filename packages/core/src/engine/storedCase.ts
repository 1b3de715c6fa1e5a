import type { MandateKind } from '../kernel/request/mandateKind.ts';
/** What a request of a less usual kind keeps beside what all requests have. */
export interface CaseFields {
  /** Complaint, appeal: the request that it is about. */
  readonly contests?: string;
  /** The request that is taken up anew by this one, since a complaint or an appeal about it was upheld. */
  readonly reopens?: string;
  /** Somebody acts for the person, and is the requester. */
  readonly mandate?: Mandate;
  /** Erasure: it goes without the copy that its person asked for first. */
  readonly withoutCopy?: { readonly by: string; readonly at: Date; readonly reason: string };
  /** Report of somebody pictured: what shows them, as staff found it. */
  readonly shownIn?: readonly ShownIn[];
}

/** What is known of an agent's mandate; none is taken on the agent's word. */
export interface Mandate {
  /** What a staff member saw of it. The document itself is not kept. */
  readonly seen?: SeenMandate;
  /** The person wants the agent to have a copy of what they are told, or the document says so. */
  readonly copy?: boolean;
  /** The mails that carried documents cannot be read any more. */
  readonly documentsGone?: boolean;
}

export interface SeenMandate {
  readonly kind: MandateKind;
  readonly by: string;
  readonly at: Date;
  /** YYYY-MM-DD, where it ends. */
  readonly until?: string;
}

/** A record that shows somebody who did not make it. */
export interface ShownIn {
  readonly collection: string;
  /** Key of the record in its string form. */
  readonly record: string;
  /** Key of the subject whose record it is. Never told to the person pictured. */
  readonly owner: string;
}
