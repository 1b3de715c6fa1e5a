/**
 * A Message-ID in the one form in which two of them compare: no brackets, no spaces, the domain in lower case.
 * Undefined for what is none (RFC 5322, 3.6.4) or longer than 250 characters.
 */
export function normalMessageId(text: string | undefined): string | undefined {
  const bare = (text?.match(/<([^<>]*)>/)?.[1] ?? text ?? '').replaceAll(/\s/g, '');
  const at = bare.lastIndexOf('@');
  if (at < 1 || at === bare.length - 1 || bare.length > 250) return undefined;
  return bare.slice(0, at) + bare.slice(at).toLowerCase();
}
