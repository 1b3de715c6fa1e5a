import type { Phrases } from '../kernel/classify/phrases.ts';
import type { Mode, Policy } from '../kernel/policy/policy.ts';
import type { StandingPromise } from './policy/worldInForce.ts';
import type { Blur } from './ports/blur.ts';
import type {
  Anchor,
  Clock,
  FileStores,
  KeyStore,
  LawBook,
  Ledger,
  Letters,
  Mailer,
  MailReader,
} from './ports/edges.ts';
import type { LiveDatabase } from './ports/liveDatabase.ts';
import type { MediaStripper } from './ports/mediaStripper.ts';
import type { PackageStore, Zip } from './ports/packaging.ts';
import type { PersonalDataSource } from './ports/personalDataSource.ts';
import type { RecipientConnector } from './ports/recipientConnector.ts';
import type { RecordStore } from './ports/recordStore.ts';
import type { ReportWriter } from './ports/reportWriter.ts';

/** Everything a use case may reach; a use case is `(world) => async (input) => …`. */
export interface World {
  readonly service: string;
  readonly policy: Policy;
  /** Whole versions before it that still bind, because it is looser than they are. */
  readonly promised: readonly StandingPromise[];
  /** The world under the version in force by now, and itself while that is the same; asked at the start of a use case and between units. */
  readonly inForce: () => Promise<World>;
  readonly law: LawBook;
  readonly phrases: Phrases;
  readonly records: RecordStore;
  readonly data: PersonalDataSource;
  readonly live: LiveDatabase;
  readonly files: FileStores;
  readonly packages: PackageStore;
  readonly zip: Zip;
  readonly reports: ReportWriter;
  readonly media: MediaStripper;
  /** Absent where the host handed over nothing that covers faces. */
  readonly blur?: Blur;
  readonly keys: KeyStore;
  readonly ledger: Ledger;
  readonly anchor: Anchor;
  readonly mailer: Mailer;
  readonly letters: Letters;
  readonly reader: MailReader;
  /** By the name of the recipient: how it is told what became of the data that it got. */
  /** The host's way to end somebody's sessions and keys at once; absent where it has none. */
  readonly revoke?: (subject: string) => Promise<void>;
  readonly connectors: Readonly<Record<string, RecipientConnector>>;
  readonly clock: Clock;
  /** Measures run time: answers a function that tells the milliseconds since. */
  readonly stopwatch: () => () => number;
  readonly crypto: Crypto;
  readonly publicUrl: string;
  readonly consoleUrl: string;
  readonly mailFrom: string;
  readonly modeOf: (rule: string) => Mode;
  readonly log: (entry: LogEntry) => void;
}

/** Never personal data: ids, codes, counts. */
export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly [key: string]: unknown;
}

/** Randomness and digests, handed in so that the engine's rules stay repeatable. */
export interface Crypto {
  newId(): string;
  /** Hex. */
  sha256(content: string | Uint8Array): string;
  /** The same of bytes that come piece by piece. */
  digest(): Digest;
  seal(key: Uint8Array, bytes: Uint8Array, about: string): Uint8Array;
  unseal(key: Uint8Array, sealed: Uint8Array, about: string): Uint8Array;
  /** For what is too large to be held at once; truncated, reordered or changed it does not open: SEAL_BROKEN. */
  sealStream(key: Uint8Array, plain: AsyncIterable<Uint8Array>, about: string): AsyncIterable<Uint8Array>;
  /** From a byte of what was sealed on; `sealedFrom` gives the sealed bytes, from one of them on. */
  unsealFrom(
    key: Uint8Array,
    sealedFrom: (at: number) => AsyncIterable<Uint8Array>,
    about: string,
    from: number,
  ): AsyncIterable<Uint8Array>;
  hashPassword(password: string): Promise<string>;
  checkPassword(password: string, hashed: string): Promise<boolean>;
  /** Whether an Ed25519 signature (base64url) over the UTF-8 text is good for this public key (SPKI, PEM). */
  verify(publicKey: string, text: string, signature: string): boolean;
  /** 256 random bits, base64url. */
  token(): string;
}

export interface Digest {
  update(piece: Uint8Array): void;
  /** Asked once, at the end. */
  hex(): string;
}
