import type { StoredRequest } from './stored.ts';
import type { SeenMandate } from './storedCase.ts';

/**
 * Requests that somebody writes for another. The person is asked by a link at their registered address, or staff see a document;
 * the agent's own word is never enough, and the answer goes to the person.
 */
export interface Mandates {
  /**
   * A staff member saw a document that shows the mandate. A power of attorney, or the permission of a court or a law, stands for
   * the person's confirmation; with a signed permission they are still asked. The mails that carried documents are unreadable
   * from then on. Throws MANDATE_INVALID, APPROVAL_REFUSED, REQUEST_NOT_FOUND, REQUEST_CONFLICT.
   */
  mandateSeen(id: string, by: string, mandate: NewMandate): Promise<StoredRequest>;
  /**
   * A staff member found whose data an open request is about that nobody was found for: the link goes to the address registered
   * there. Throws APPROVAL_REFUSED, SUBJECT_INVALID, REQUEST_NOT_FOUND, REQUEST_CONFLICT where it is known already.
   */
  concerns(id: string, by: string, subject: string): Promise<StoredRequest>;
}

export interface NewMandate {
  readonly kind: SeenMandate['kind'];
  /** YYYY-MM-DD, where it ends. */
  readonly until?: string;
  /** It says that the agent is to have a copy of the answer. */
  readonly copy?: boolean;
}
