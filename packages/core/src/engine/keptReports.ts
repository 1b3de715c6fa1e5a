import type { StoredRequest, Ticket } from './stored.ts';

/** What people report of what others made: so far, that they are to be seen in it. */
export interface Reports {
  /**
   * Takes down that somebody is shown in what another made. Anybody may, without an account and without proof of identity, since
   * staff compare. Opens a case that goes before others. Throws INPUT_INVALID, REPORT_REFUSED after too many.
   */
  pictured(report: PicturedReport): Promise<Ticket>;
  /**
   * A staff member found a record that shows them: from then on nobody but its owner and staff see it, until it is decided. With
   * `kept.requests.decide` it is taken down or covered in part, with `kept.requests.refuse` it is shown again. Throws
   * APPROVAL_REFUSED, REQUEST_NOT_FOUND, REQUEST_CONFLICT, CONTENT_NOT_FOUND.
   */
  shows(request: string, by: string, content: Content): Promise<StoredRequest>;
  /** Whether a record may be shown to others now. Ask before it is shown in public; sharing links ask by themselves. */
  mayBeShown(content: Content): Promise<boolean>;
}

/** A record of the host, by the collection's name in the inventory and the string form of its key. */
export interface Content {
  readonly collection: string;
  readonly record: string;
}

export interface PicturedReport {
  /** Where it is to be seen: a link, or what names it otherwise. */
  readonly link: string;
  readonly text: string;
  /** Who reports it, and where the answer goes. */
  readonly by?: { readonly address?: string; readonly name?: string };
  /** Where on the network it comes from: so many from one place, and no more. */
  readonly from?: string;
}
