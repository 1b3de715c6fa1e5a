import type { MailReader } from '../../engine/ports/edges.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Reads mail with postal-mime: decodes charsets and encoded words, takes the first of doubled headers (all of them stay in
 * `headers`, so that a second From can be seen), and composes text. Where nobody signs as the sender but there is a body,
 * `from.address` is empty. Throws MAIL_UNREADABLE for what is too large or too deep, or has neither a sender nor a body.
 */
export function postalReader(options: { maxBytes?: number } = {}): MailReader {
  const { maxBytes = 25 * MEBIBYTE } = options;
  return {
    async read(raw) {
      const { readPostal } = await import('./readPostal.ts');
      return readPostal(raw, maxBytes);
    },
  };
}
