import { KeptError } from '../../kernel/keptError.ts';
import { isLoopback } from '../loopback/isLoopback.ts';

export interface SmtpSettings {
  readonly host?: string | undefined;
  readonly port?: number | string | undefined;
  readonly secure?: boolean | undefined;
  readonly requireTLS?: boolean | undefined;
  readonly ignoreTLS?: boolean | undefined;
  readonly tls?: { readonly rejectUnauthorized?: boolean | undefined } | undefined;
}

/** Throws MAIL_NOT_ENCRYPTED where letters would leave this machine without TLS, or with a certificate that nobody checks. */
export function requireTls(settings: SmtpSettings): void {
  if (isLoopback(settings.host ?? 'localhost')) return;
  const secure = settings.secure ?? Number(settings.port) === 465;
  const upgraded = settings.requireTLS === true && settings.ignoreTLS !== true;
  if ((secure || upgraded) && settings.tls?.rejectUnauthorized !== false) return;
  throw new KeptError('MAIL_NOT_ENCRYPTED', 'Letters would leave this machine without TLS that can be relied on.', {
    place: 'mail',
    remedy: 'Use smtps://, or smtp:// with requireTLS=true, and leave the check of certificates on.',
  });
}
