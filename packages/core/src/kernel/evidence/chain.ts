import { KeptError } from '../keptError.ts';
import { canonical, canonicalString } from './canonical.ts';

/** SHA-256 of the UTF-8 text, in lower-case hex. */
export type Sha256 = (text: string) => string;

/** What happened, without personal data: the details stay outside, behind their commitment. */
export interface EvidenceEvent {
  readonly id: string;
  readonly partition: string;
  /** ISO 8601 instant. */
  readonly at: string;
  readonly type: string;
  readonly aggregate: { readonly kind: string; readonly id: string };
  /** `commit` of the details. */
  readonly commitment: string;
}

/** An event in its place in the chain of its partition. */
export interface ChainedEvidence extends EvidenceEvent {
  /** 1 for the first entry of a partition, without gaps. */
  readonly seq: number;
  /** Hash of the entry before. */
  readonly prev: string;
  readonly hash: string;
}

/** The last place of a chain; an anchor is a head kept outside the database. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** The head of a chain that has no entry yet. */
export const GENESIS: ChainHead = { seq: 0, hash: '0'.repeat(64) };

/** Appends events to the chain that ends in `head`. The same input gives the same entries. Throws CANONICAL_INVALID. */
export function chainEvidence(head: ChainHead, events: readonly EvidenceEvent[], sha256: Sha256): ChainedEvidence[] {
  let { seq, hash: prev } = head;
  return events.map(({ id, partition, at, type, aggregate, commitment }) => {
    seq += 1;
    const unhashed = { id, partition, at, type, aggregate, commitment, seq, prev };
    const hash = hashOf(unhashed, sha256);
    prev = hash;
    return { ...unhashed, hash };
  });
}

export type ChainFault = 'edited' | 'gap' | 'duplicate' | 'unlinked' | 'foreign' | 'forked' | 'truncated';

export type ChainVerdict =
  | { readonly ok: true; readonly head: ChainHead }
  /** `brokenAt` is the seq that was expected where the chain stopped being what it was. */
  | { readonly ok: false; readonly brokenAt: number; readonly why: ChainFault };

/**
 * Walks a chain in its order from `from` (the beginning where absent) and names the first place that is not as it was
 * written: `edited` content, a `gap` (removed or moved entries), a `duplicate` seq, an `unlinked` predecessor, an entry of a
 * `foreign` partition. A cut tail and a chain rewritten as a whole show only against anchors kept elsewhere: `truncated`, `forked`.
 */
export function verifyChain(
  entries: readonly ChainedEvidence[],
  sha256: Sha256,
  from: ChainHead = GENESIS,
  anchors: readonly ChainHead[] = [],
): ChainVerdict {
  const anchored = new Map(anchors.map(({ seq, hash }) => [seq, hash]));
  const partition = entries[0]?.partition;
  let { seq, hash: prev } = from;
  for (const entry of entries) {
    const expected = seq + 1;
    const why = faultOf(entry, expected, prev, partition, sha256) ?? forked(anchored.get(expected), entry.hash);
    if (why) return { ok: false, brokenAt: expected, why };
    seq = expected;
    prev = entry.hash;
  }

  const missing = anchors.filter((anchor) => anchor.seq > seq).map((anchor) => anchor.seq);
  if (missing.length > 0) return { ok: false, brokenAt: seq + 1, why: 'truncated' };
  return { ok: true, head: { seq, hash: prev } };
}

function faultOf(
  entry: ChainedEvidence,
  expected: number,
  prev: string,
  partition: string | undefined,
  sha256: Sha256,
): ChainFault | undefined {
  if (entry.partition !== partition) return 'foreign';
  if (entry.seq !== expected) return entry.seq < expected ? 'duplicate' : 'gap';
  if (entry.prev !== prev) return 'unlinked';
  try {
    return hashOf(entry, sha256) === entry.hash ? undefined : 'edited';
  } catch {
    // An entry that could never have been written: a field of another type, half a character.
    return 'edited';
  }
}

function forked(anchor: string | undefined, hash: string): ChainFault | undefined {
  return anchor === undefined || anchor === hash ? undefined : 'forked';
}

/**
 * Hides details behind a hash that tells nothing without the salt: scrubbing the details keeps the chain whole, and
 * nobody finds them again by guessing. Throws SALT_INVALID for a salt below 128 bits (22 characters of base64url, 32 of hex).
 */
export function commit(details: unknown, salt: string, sha256: Sha256): string {
  if (salt.length < 22) {
    throw new KeptError('SALT_INVALID', 'The salt of a commitment is too short to hide anything', {
      place: 'salt',
      remedy: 'Draw 16 random bytes or more for each commitment.',
    });
  }
  return sha256(`kept-commitment/1\n${canonical([salt, details])}`);
}

/** Exactly the canonical form of the entry without its hash; written out, because sorting the same ten keys costs most. */
function hashOf(entry: Omit<ChainedEvidence, 'hash'>, sha256: Sha256): string {
  const { aggregate, at, commitment, id, partition, prev, seq, type } = entry;
  if (!Number.isSafeInteger(seq)) throw new TypeError('seq is no whole number');
  return sha256(
    `{"aggregate":{"id":${quote(aggregate.id)},"kind":${quote(aggregate.kind)}},"at":${quote(at)},"commitment":${quote(commitment)},` +
      `"id":${quote(id)},"partition":${quote(partition)},"prev":${quote(prev)},"seq":${seq},"type":${quote(type)}}`,
  );
}

/** Text that JSON writes as it stands. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quote(text: string): string {
  if (typeof text !== 'string') throw new TypeError('not a text');
  return PLAIN.test(text) ? `"${text}"` : canonicalString(text, 'evidence entry');
}
