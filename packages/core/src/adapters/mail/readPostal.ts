import PostalMime, { type Address, addressParser, type Email } from 'postal-mime';
import type { ReadMail } from '../../engine/ports/edges.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { normalMessageId } from './normalMessageId.ts';
import { plainLine, plainText } from './plainText.ts';
import { textOfHtml } from './textOfHtml.ts';

const MEBIBYTE = 1024 * 1024;
const LIMITS = { maxNestingDepth: 64, maxRfc822NestingDepth: 5, maxHeadersSize: MEBIBYTE };

/** Reads one raw mail of at most `maxBytes`. Throws MAIL_UNREADABLE. */
export async function readPostal(raw: Uint8Array, maxBytes: number): Promise<ReadMail> {
  if (raw.byteLength > maxBytes) throw unreadable(`It is larger than ${maxBytes} bytes.`);
  const mail = await PostalMime.parse(raw, LIMITS).catch(() => {
    throw unreadable('It is nested too deeply, or its headers are too large.');
  });
  const text = bodyOf(mail);
  const sender = senderOf(mail);
  if (!sender.address && !text) throw unreadable('It has neither a sender nor a text.');
  return readMail(mail, text, sender);
}

function readMail(mail: Email, text: string, from: ReadMail['from']): ReadMail {
  const messageId = normalMessageId(mail.messageId);
  const replyTo = mailboxes(mail.replyTo)[0]?.address;
  const date = mail.date && !Number.isNaN(Date.parse(mail.date)) ? mail.date : undefined;
  return {
    ...(messageId && { messageId }),
    from,
    ...(replyTo && { replyTo }),
    to: [...mailboxes(mail.to), ...mailboxes(mail.cc)].map(({ address }) => address),
    subjectLine: plainLine(mail.subject ?? ''),
    ...(date && { date }),
    inReplyTo: idsIn(mail.inReplyTo),
    references: idsIn(mail.references),
    text,
    headers: headersOf(mail),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: plainLine(filename ?? ''),
      type: mimeType || 'application/octet-stream',
      size: typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength,
    })),
  };
}

/** The plain part, and the HTML part where the plain one is blank. */
function bodyOf(mail: Email): string {
  const plain = plainText(mail.text ?? '').trim();
  return plain || (mail.html ? plainText(textOfHtml(mail.html)).trim() : '');
}

function senderOf(mail: Email): ReadMail['from'] {
  const found = [mail.from, mail.sender].flatMap((one) => mailboxes(one && [one]));
  const { address, name } = [...found, ...mailboxes(mail.replyTo)][0] ?? { address: returnPathOf(mail), name: '' };
  return name ? { address, name } : { address };
}

function returnPathOf(mail: Email): string {
  return mailboxes(mail.returnPath ? addressParser(mail.returnPath) : [])[0]?.address ?? '';
}

function mailboxes(addresses: readonly Address[] | undefined): { address: string; name: string }[] {
  return (addresses ?? [])
    .flatMap((one): { address?: string | undefined; name: string }[] => one.group ?? [one])
    .map(({ address, name }) => ({ address: normalAddress(address ?? ''), name: plainLine(name) }))
    .filter(({ address }) => address !== '');
}

/** Only the domain goes to lower case: what stands before the @ belongs to the recipient's host (RFC 5321, 2.4). */
function normalAddress(text: string): string {
  const bare = plainLine(text).replaceAll(/[\s<>]/g, '');
  const at = bare.lastIndexOf('@');
  return at < 1 || at === bare.length - 1 ? '' : bare.slice(0, at) + bare.slice(at).toLowerCase();
}

function idsIn(text: string | undefined): string[] {
  const ids = (text ?? '').match(/<[^<>]*>/g) ?? [];
  return ids.flatMap((id) => normalMessageId(id) ?? []);
}

function headersOf(mail: Email): ReadMail['headers'] {
  const headers = new Map<string, string[]>();
  for (const { key, value } of mail.headers) headers.set(key, [...(headers.get(key) ?? []), plainText(value)]);
  return Object.fromEntries(headers);
}

function unreadable(why: string): KeptError {
  return new KeptError('MAIL_UNREADABLE', why, {
    place: 'mail',
    remedy: 'Look at the raw mail in the console, and answer the person by hand.',
  });
}
