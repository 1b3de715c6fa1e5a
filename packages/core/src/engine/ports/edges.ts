import type { Law } from '../../kernel/clock/law.ts';
import type { FileRef } from '../stored.ts';

/** Reads the time. The engine asks once per use case and passes the instant inwards. */
export interface Clock {
  now(): Date;
}

/**
 * The law of an id such as `eu-gdpr`, with the holidays that count under it for a controller in an ISO 3166 country.
 * Throws POLICY_FILE_NOT_FOUND, REGIME_INVALID, CALENDAR_INVALID.
 */
export type LawBook = (regime: string, country: string) => Promise<Law>;

/** Bytes by key, such as media. Conformance: `test/contracts/fileStore`. */
export interface FileStore {
  readonly kind: string;
  /** False in development only: stores that are not declared encrypted are refused elsewhere. */
  readonly encrypted: boolean;
  has(key: string): Promise<boolean>;
  size(key: string): Promise<number | undefined>;
  /** Throws FILE_NOT_FOUND, and FILE_DENIED where the store keeps it from us. */
  read(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** Puts a whole file or none; one that is there is replaced. Answers its size in bytes. Absent: the store takes none from us. */
  put?(key: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<number>;
  /**
   * Removes files, each with its derived renditions, earlier versions and whatever was begun of it; answers what became of
   * each, in their order. Those that cannot go hinder no other, and removing twice is no error. Throws where nothing could
   * be asked at all.
   */
  remove(keys: readonly string[]): Promise<RemovedFile[]>;
  /**
   * An https address at which the file is served without what it tells beside its content, for its key or for an address that
   * this store issued itself; undefined for anything else. Absent: the store serves files as they are.
   */
  strippedUrl?(keyOrUrl: string): Promise<string | undefined>;
}

/** What became of a file that should go; where its parts fared differently, the worst of it. */
export interface RemovedFile {
  readonly key: string;
  /** Locked: by a retention or a legal hold of the store. Denied: our account there may not. */
  readonly state: 'gone' | 'absent' | 'locked' | 'denied' | 'failed';
  /** When the lock ends; absent where it has no end yet. */
  readonly until?: Date;
  /** As the store calls what happened, such as EACCES. Never personal data. */
  readonly code?: string;
}

export type FileStores = Readonly<Record<string, FileStore>>;
export type { FileRef };

/** Keys outside the database and its backups. Conformance: `test/contracts/keyStore`. */
export interface KeyStore {
  /** A new random 256-bit key under this id; the same one if it exists already. */
  create(id: string): Promise<Uint8Array>;
  /** Undefined once destroyed. */
  get(id: string): Promise<Uint8Array | undefined>;
  /** From then on nothing sealed under it can be read, in any backup. */
  destroy(id: string): Promise<void>;
  /** The signing key of this installation. Signing is Ed25519 over the UTF-8 text, in base64url. */
  signer(): Promise<Signer>;
  /** A keyed hash (HMAC-SHA-256, hex) with a secret that never leaves the store. */
  mac(use: string, text: string): Promise<string>;
}

export interface Signer {
  readonly keyId: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
  sign(text: string): string;
}

/** What must survive a restore of the database: keyed hashes, appended and never changed. Conformance: `test/contracts/ledger`. */
export interface Ledger {
  append(entry: LedgerEntry): Promise<void>;
  entries(): Promise<LedgerEntry[]>;
}

export interface LedgerEntry {
  /** Writing the same id twice changes nothing. */
  readonly id: string;
  readonly at: string;
  readonly kind:
    | 'erasure'
    | 'consent-withdrawn'
    | 'consent-given'
    | 'objection'
    | 'restriction'
    | 'hold'
    | 'link-revoked';
  readonly service: string;
  /** Keyed hash of the subject's key, and of each address. */
  readonly subject: string;
  readonly addresses: readonly string[];
  readonly detail?: string;
}

/** Signed heads of the evidence chain, outside the database. */
export interface Anchor {
  write(head: {
    service: string;
    partition: string;
    seq: number;
    hash: string;
    at: string;
    keyId: string;
    signature: string;
  }): Promise<void>;
  last(
    service: string,
    partition: string,
  ): Promise<{ seq: number; hash: string; at: string; keyId: string; signature: string } | undefined>;
}

/** Sends one letter. Throws with `permanent: true` where trying again is useless. */
export interface Mailer {
  send(letter: OutgoingLetter): Promise<{ accepted: true; response: string }>;
}

export interface OutgoingLetter {
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly from: string;
  readonly to: string;
  readonly subjectLine: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: string }[];
  /** Acknowledgements and notices say that a machine wrote them, so that no other machine answers (RFC 3834). */
  readonly automatic: boolean;
}

/** Writes a letter from its template. */
export interface Letters {
  write(
    letter: string,
    language: string,
    model: Readonly<Record<string, unknown>>,
  ): { subjectLine: string; text: string };
}

/** Reads raw mail. Throws where it cannot be parsed. */
export interface MailReader {
  read(raw: Uint8Array): Promise<ReadMail>;
}

export interface ReadMail {
  readonly messageId?: string;
  readonly from: { readonly address: string; readonly name?: string };
  readonly replyTo?: string;
  readonly to: readonly string[];
  readonly subjectLine: string;
  readonly date?: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** Plain text, made from HTML where the mail has no other. */
  readonly text: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly size: number }[];
}
