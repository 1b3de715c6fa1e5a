import type { Newcomer } from '../kernel/children/newcomer.ts';
import type { Decision } from '../kernel/decision.ts';
import type { StoredRequest, Ticket } from './stored.ts';

/** Children whom the notice keeps out: at the door, and where somebody reports one inside. */
export interface Children {
  /**
   * Whether somebody may open an account: by the youngest age that fits what they say, and by the notice and the statute of
   * where they live. Nothing is kept of the question. Throws NEWCOMER_INVALID.
   */
  mayJoin(newcomer: Newcomer): Promise<Decision>;
  /**
   * Takes down that somebody holds an account to be a child's. Anybody may, and is answered the same whoever it is about.
   * Opens a case that goes before others and that the account's holder need not confirm: two people decide on it, and until
   * they do, from the proposal on, the account is stored and not used. Throws REPORT_INVALID, REPORT_REFUSED after too many.
   */
  report(report: ChildReport): Promise<Ticket>;
  /** A staff member found whose account a report means. Throws REQUEST_NOT_FOUND, REQUEST_CONFLICT, REPORT_INVALID. */
  concerns(request: string, by: string, subject: string): Promise<StoredRequest>;
}

export interface ChildReport {
  /** The account: its key, an address of it, or a link to what it made. */
  readonly about: { readonly subject?: string; readonly address?: string; readonly link?: string };
  readonly text: string;
  /** Who reports it, where they say so. */
  readonly by?: { readonly address?: string; readonly name?: string };
  /** Where on the network it comes from: so many from one place, and no more. */
  readonly from?: string;
}
