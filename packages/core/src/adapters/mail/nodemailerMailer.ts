import type { SendMailOptions } from 'nodemailer';
import type { Mailer, OutgoingLetter } from '../../engine/ports/edges.ts';
import { requireTls, type SmtpSettings } from './requireTls.ts';
import { SendFailure } from './sendFailure.ts';

/** The part of nodemailer that is used: what `createTransport` answers fits. */
export interface MailTransport {
  sendMail(mail: SendMailOptions): Promise<{ response?: string | undefined }>;
  readonly transporter?: { readonly name?: string; readonly options?: object };
}

/**
 * Sends letters over a transport that the host made and closes. Throws MAIL_NOT_ENCRYPTED at once for SMTP without TLS to
 * another machine, and from `send` SendFailure: `permanent` where the letter was refused for good (5xx), `outcomeUnknown`
 * where the connection ended without an answer.
 */
export function nodemailerMailer(transport: MailTransport): Mailer {
  const { name = '', options = {} } = transport.transporter ?? {};
  if (name.startsWith('SMTP')) requireTls(options as SmtpSettings);
  return {
    async send(letter) {
      try {
        const { response = '' } = await transport.sendMail(mailOf(letter));
        return { accepted: true, response };
      } catch (error) {
        throw new SendFailure(error);
      }
    },
  };
}

function mailOf(letter: OutgoingLetter): SendMailOptions {
  const answered = letter.inReplyTo && bracketed(letter.inReplyTo);
  return {
    messageId: bracketed(letter.messageId),
    ...(answered && { inReplyTo: answered, references: answered }),
    from: letter.from,
    to: letter.to,
    subject: letter.subjectLine,
    text: letter.text,
    attachments: letter.attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
    ...(letter.automatic && fromAMachine(letter)),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** An answer of a machine has a null envelope sender: a bounce of it, or another machine's answer, has nowhere to go (RFC 3834). */
function fromAMachine({ inReplyTo, to }: OutgoingLetter): SendMailOptions {
  const headers = {
    'Auto-Submitted': inReplyTo ? 'auto-replied' : 'auto-generated',
    'X-Auto-Response-Suppress': 'OOF, AutoReply',
  };
  return inReplyTo ? { headers, envelope: { from: '', to } } : { headers };
}

function bracketed(id: string): string {
  return `<${id.replaceAll(/[<>\s]/g, '')}>`;
}
