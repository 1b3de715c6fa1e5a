/**
 * Sharing links. Content is private until its owner shares it, and whoever has a link reaches what was shared and nothing
 * beside it, as long as the owner lets them, the content is there and the account is open. Where the inventory says in which field owners
 * choose who may see a record, a link shuts when they choose fewer people than when they shared it.
 */
export interface Links {
  /**
   * The token is told this once and kept as a hash. Throws RECORD_NOT_FOUND where the record is not the subject's,
   * LINK_INVALID, LINK_REFUSED where the policy lets nobody share this, LINK_CONFLICT where there are too many.
   */
  create(link: NewLink): Promise<{ readonly id: string; readonly token: string }>;
  /**
   * What the token opens now. `from` is where the visitor comes from, such as a network address: who tries many wrong tokens
   * must wait. Throws LINK_NOT_FOUND, the same for links that never were, are over or were taken back; LINK_REFUSED.
   */
  open(token: string, from?: string): Promise<SharedContent>;
  /** Takes a link back; twice is no error. Throws LINK_NOT_FOUND where it is not the subject's. */
  revoke(id: string, subject: string): Promise<void>;
  /** Takes all links of a person back, or those to one record; answers how many there were. */
  revokeAll(subject: string, of?: { readonly collection: string; readonly record: string }): Promise<number>;
  /** Newest first, without tokens. */
  of(subject: string): Promise<readonly ShareLink[]>;
}

export interface NewLink {
  /** The owner, who shares. */
  readonly subject: string;
  readonly collection: string;
  /** String form of the record's key. */
  readonly record: string;
  /** Absent: all fields of the record that are content and may be handed out. */
  readonly part?: Partial<LinkScope>;
  /** Absent: until it is taken back. */
  readonly until?: Date;
}

/** What a link opens of its record. */
export interface LinkScope {
  /** Paths as the inventory writes them, each as a whole. */
  readonly fields: readonly string[];
  /** Keys of single files that the record holds, where not all of them are shared. */
  readonly files: readonly string[];
}

export interface SharedContent {
  readonly subject: string;
  readonly collection: string;
  readonly record: string;
  readonly part: LinkScope;
}

export interface ShareLink extends Omit<SharedContent, 'subject'> {
  readonly id: string;
  readonly state: 'open' | 'over' | 'revoked';
  readonly createdAt: Date;
  readonly until?: Date;
  readonly revokedAt?: Date;
  /** How often it was opened, at least: of several visits at one moment some may be left out. */
  readonly opened: number;
}
