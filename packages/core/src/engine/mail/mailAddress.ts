/** No address is longer (RFC 5321, 4.5.3.1.3, less the brackets). */
const LONGEST = 254;

/** The address to which a letter could go, in lower case; undefined where the text is none. */
export function mailAddress(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > LONGEST) return undefined;
  const address = text.trim().toLowerCase();
  return /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;]+$/.test(address) ? address : undefined;
}
