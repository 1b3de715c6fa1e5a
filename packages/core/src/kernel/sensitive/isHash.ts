const DIGEST = /^(?:sha(?:-?(?:224|256|384|512))?[:$-])?(?:[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;
/** Padding, or a name in front, tells a digest in base64 from the random tokens that look the same. */
const DIGEST_BASE64 = /^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==|sha(?:256|384|512)[:-][A-Za-z0-9+/_-]{43,86}={0,2})$/;
const BCRYPT = /^\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}$/;
/** Modular crypt and PHC strings: a name, parameters, a salt, a key of at least 128 bits. */
const CRYPT =
  /^\$(?:argon2(?:id?|d)|scrypt|7|pbkdf2(?:-sha\d+)?|5|6|y)\$(?:[\w=,.+/-]{1,128}\$){1,4}[A-Za-z0-9+/.=_-]{22,128}$/;
/** What frameworks write in their own way: `scrypt:salt:key`, `pbkdf2_sha256$rounds$salt$key`, `{SSHA256}…`. */
const NAMED =
  /^(?:(?:scrypt|pbkdf2|hmac)(?:[_:-]sha-?\d+)?[:$](?:[\w=,.+/:-]{1,128}[:$])?[A-Za-z0-9+/=_-]{22,256}|pbkdf2_sha\d+\$\d+\$[^$]{1,64}\$[A-Za-z0-9+/=]{22,128}|\{S?SHA(?:256|384|512)\}[A-Za-z0-9+/=]{43,180})$/;

const LENGTHS = [28, 32, 48, 64];

/**
 * Whether a value has the form of a hash as passwords and keys are kept: SHA-2 in hex or base64, bcrypt, scrypt, argon2, PBKDF2,
 * or its bare bytes. The form is all that can be seen: random bytes written in the same way pass, clear words do not.
 */
export function isHash(value: unknown): boolean {
  if (value instanceof Uint8Array) return LENGTHS.includes(value.length);
  if (typeof value !== 'string' || value.length > 600) return false;
  return [DIGEST, DIGEST_BASE64, BCRYPT, CRYPT, NAMED].some((form) => form.test(value));
}
