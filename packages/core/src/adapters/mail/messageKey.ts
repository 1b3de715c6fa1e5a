import { createHash } from 'node:crypto';
import { normalMessageId } from './normalMessageId.ts';

/** Headers larger than this are not searched; the mail is then known by its bytes. */
const HEAD = 256 * 1024;

/**
 * By which a mail is known before anybody has read it: its normalised Message-ID, or `sha256:` and the hash of the raw bytes
 * where it carries none. One mail in six of some kinds carries none.
 */
export function messageKey(raw: Uint8Array): string {
  const text = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, HEAD)).toString('latin1');
  const [head = ''] = text.split(/\r?\n\r?\n/, 1);
  const line = /^message-id[ \t]*:(.*)$/im.exec(head.replaceAll(/\r?\n[ \t]+/g, ' '))?.[1];
  return normalMessageId(line) ?? `sha256:${createHash('sha256').update(raw).digest('hex')}`;
}
