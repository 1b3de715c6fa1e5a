import type { Mailer } from '../../engine/ports/edges.ts';
import { KeptError } from '../../kernel/keptError.ts';
import { nodemailerMailer } from './nodemailerMailer.ts';
import { requireTls } from './requireTls.ts';

/**
 * Sends letters to the server of an address such as `smtps://user:secret@mail.example.com`, or `smtp://…?requireTLS=true`
 * for STARTTLS. Throws MAIL_URL_INVALID, and MAIL_NOT_ENCRYPTED for an unencrypted way out of this machine.
 */
export function smtpMailer({ url }: { url: string }): Mailer & { close(): void } {
  const { protocol, hostname, port, username, password, searchParams } = parse(url);
  const secure = protocol === 'smtps:';
  const settings = {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port ? Number(port) : secure ? 465 : 25,
    secure,
    requireTLS: searchParams.get('requireTLS') === 'true',
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
  requireTls(settings);

  let opened: Promise<Mailer & { close(): void }> | undefined;
  const open = async () => {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport(settings);
    return { ...nodemailerMailer(transport), close: () => transport.close() };
  };
  return {
    async send(letter) {
      opened ??= open();
      return (await opened).send(letter);
    },
    close: () => void opened?.then((mailer) => mailer.close()),
  };
}

function parse(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const known = parsed && [...parsed.searchParams.keys()].every((key) => key === 'requireTLS');
  if (known && parsed.hostname && ['smtp:', 'smtps:'].includes(parsed.protocol)) return parsed;
  throw new KeptError('MAIL_URL_INVALID', 'That is no address of a mail server.', {
    place: 'mail',
    remedy: 'Write smtps://user:password@host:port, or smtp://… with ?requireTLS=true and no other parameter.',
  });
}
