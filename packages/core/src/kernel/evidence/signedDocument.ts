import { canonical } from './canonical.ts';

/** A document that anybody can check offline with nothing but the public key. Its file is the canonical form and nothing after it. */
export interface SignedDocument<T> {
  readonly document: T;
  readonly signature: {
    readonly algorithm: 'Ed25519';
    readonly keyId: string;
    /** base64url without padding, over `signedText`. */
    readonly value: string;
  };
}

/** Ed25519 (RFC 8032) over the UTF-8 text, in base64url without padding. */
export type Sign = (text: string) => string;
export type Verify = (publicKey: string, text: string, signature: string) => boolean;

/** Public keys by key id, in the form that `Verify` takes. */
export type PublicKeys = Readonly<Record<string, string>>;

export type OpenFault = 'not-text' | 'not-json' | 'not-canonical' | 'not-signed' | 'unknown-signer' | 'bad-signature';

export type Opened<T> =
  | { readonly ok: true; readonly document: T; readonly keyId: string }
  | { readonly ok: false; readonly why: OpenFault };

/** What the signature covers: the key id too, and a first line that no other use of the key has. */
export function signedText(document: unknown, keyId: string): string {
  return `kept-signed/1 Ed25519 ${keyId}\n${canonical(document)}`;
}

/** The text of the signed file. Throws CANONICAL_INVALID. */
export function sealDocument<T>(document: T, keyId: string, sign: Sign): string {
  const value = sign(signedText(document, keyId));
  return canonical({ document, signature: { algorithm: 'Ed25519', keyId, value } });
}

/**
 * Opens a signed file. The bytes must be the canonical form exactly: no byte order mark, no newline at the end, no member beside
 * document and signature. Give bytes where there are bytes: decoding them loosely would hide a change. Never throws.
 */
export function openDocument<T = unknown>(file: string | Uint8Array, keys: PublicKeys, verify: Verify): Opened<T> {
  const text = typeof file === 'string' ? file : decode(file);
  if (text === undefined) return { ok: false, why: 'not-text' };

  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, why: 'not-json' };
  }
  if (!isCanonical(parsed, text)) return { ok: false, why: 'not-canonical' };
  if (!isSigned<T>(parsed)) return { ok: false, why: 'not-signed' };

  const { document, signature } = parsed;
  const { keyId, value } = signature;
  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (key === undefined) return { ok: false, why: 'unknown-signer' };
  if (!isEd25519Value(value) || !holds(() => verify(key, signedText(document, keyId), value))) {
    return { ok: false, why: 'bad-signature' };
  }
  return { ok: true, document, keyId };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isCanonical(value: unknown, text: string): boolean {
  return holds(() => canonical(value) === text);
}

function isSigned<T>(value: unknown): value is SignedDocument<T> {
  const { document, signature } = (value ?? {}) as Partial<SignedDocument<T>>;
  return (
    document !== undefined &&
    hasOnly(value, ['document', 'signature']) &&
    hasOnly(signature, ['algorithm', 'keyId', 'value']) &&
    signature?.algorithm === 'Ed25519' &&
    typeof signature.keyId === 'string' &&
    typeof signature.value === 'string'
  );
}

/** Members that the signature does not cover have no place in the file. */
function hasOnly(value: unknown, members: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).sort().join() === members.join();
}

/** 64 bytes in their only spelling: the last character carries two bits, and a decoder would ignore the others. */
function isEd25519Value(value: string): boolean {
  return /^[A-Za-z0-9_-]{85}[AQgw]$/.test(value);
}

/** A check that throws is a check that failed, such as a key that cannot be read. */
function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
