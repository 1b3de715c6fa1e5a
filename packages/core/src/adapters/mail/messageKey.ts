import { createHash } from 'node:crypto';

/**
 * By which a mail is known: its Message-ID without brackets and spaces, the domain in lower case; or, where that is missing or
 * no Message-ID at all, `sha256:` and the hash of the raw bytes. Never longer than 250 characters.
 */
export function messageKey(messageId: string | undefined, raw: Uint8Array): string {
  const id = messageId?.match(/<([^<>]*)>/)?.[1] ?? messageId ?? '';
  const bare = id.replaceAll(/\s/g, '');
  const at = bare.lastIndexOf('@');
  if (at < 1 || at === bare.length - 1 || bare.length > 250)
    return `sha256:${createHash('sha256').update(raw).digest('hex')}`;
  return bare.slice(0, at) + bare.slice(at).toLowerCase();
}
