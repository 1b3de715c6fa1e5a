import type { AddressInfo } from 'node:net';
import type { SMTPServer, SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { KeptError } from '../../kernel/keptError.ts';
import { isLoopback } from '../loopback/isLoopback.ts';

/** A raw mail with its seal still fits into one document of the database. */
const DEFAULT_LIMIT = 15 * 1024 * 1024;

export interface MailboxOptions {
  /** Addresses that mail is taken for; `support+anything@…` counts as `support@…`. */
  readonly mailboxes: readonly string[];
  /** Stores the raw bytes and answers once they are safe: `kept.mail.receive`. */
  readonly receive: (mail: { mailbox: string; raw: Uint8Array }) => Promise<unknown>;
  /** Larger mails are refused with 552 while the sender waits; 15 MiB where absent. */
  readonly maxBytes?: number;
  /** PEM; needed on any address but loopback. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface Mailbox {
  /** Port 0 takes a free one. Loopback where no host is named. Throws MAIL_NOT_ENCRYPTED elsewhere without TLS. */
  listen(port: number, host?: string): Promise<{ port: number }>;
  /** Takes no new mail and waits for what is under way. */
  close(): Promise<void>;
}

/**
 * An SMTP listener that says 250 only once `receive` has answered. Where `receive` fails it says 451: the sender keeps the
 * mail and comes again, so nothing is lost. It relays nothing and knows no sign-in.
 */
export function smtpMailbox(options: MailboxOptions): Mailbox {
  const { maxBytes = DEFAULT_LIMIT, tls } = options;
  const mailboxes = new Set(options.mailboxes.map((address) => address.toLowerCase()));
  const settings: SMTPServerOptions = {
    ...tls,
    size: maxBytes,
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    maxClients: 20,
    maxRecipients: 20,
    closeTimeout: 5_000,
    onMailFrom: (_address, session, done) =>
      session.secure || isLoopback(session.remoteAddress) ? done() : done(refusal(530, 'Begin with STARTTLS')),
    onRcptTo: ({ address }, _session, done) =>
      mailboxes.has(mailboxOf(address)) ? done() : done(refusal(550, 'No such mailbox here')),
    onData: (stream, session, done) => {
      take(stream, session).then(
        (stored) => done(null, stored ? 'Stored' : undefined),
        (error) => done(error),
      );
    },
  };

  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession) => {
    const raw = await collect(stream, maxBytes, returnPath(session));
    const recipients = new Set(session.envelope.rcptTo.map(({ address }) => mailboxOf(address)));
    try {
      for (const mailbox of recipients) await options.receive({ mailbox, raw });
      return true;
    } catch {
      throw refusal(451, 'It could not be stored now, please send it again later');
    }
  };

  let server: SMTPServer | undefined;
  return {
    async listen(port, host = '127.0.0.1') {
      if (!tls && !isLoopback(host))
        throw new KeptError('MAIL_NOT_ENCRYPTED', 'A mailbox that other machines can reach needs TLS.', {
          place: 'mail',
          remedy: 'Give key and certificate as `tls`, or listen on loopback behind a mail server that has them.',
        });
      const { SMTPServer } = await import('smtp-server');
      const opened = new SMTPServer(settings);
      server = opened;
      await new Promise<void>((resolve, reject) => {
        opened.once('error', reject);
        opened.listen(port, host, () => resolve());
      });
      // From here on an error is one of a single connection: its sender comes again.
      opened.on('error', () => undefined);
      return { port: (opened.server.address() as AddressInfo).port };
    },
    close: () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve())),
  };
}

function mailboxOf(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*@/, '@');
}

/** The last stop writes the envelope's sender on top (RFC 5321, 4.4): an empty one means that nobody wants an answer. */
function returnPath({ envelope }: SMTPServerSession): string {
  const sender = envelope.mailFrom ? envelope.mailFrom.address.replaceAll(/[<>\s]/g, '') : '';
  return `Return-Path: <${sender}>\r\n`;
}

async function collect(stream: SMTPServerDataStream, maxBytes: number, head: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [Buffer.from(head, 'utf8')];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes || stream.sizeExceeded) throw refusal(552, `The mail is larger than ${maxBytes} bytes`);
  return Buffer.concat(chunks);
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
