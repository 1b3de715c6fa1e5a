import type { StoredMail } from '../kept.ts';
import { sized } from './conversation.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

export interface MailsModel {
  readonly counts: readonly { readonly label: string; readonly count: string }[];
  readonly rows: readonly {
    readonly id: string;
    readonly mailbox: string;
    readonly received: When;
    readonly size: string;
    readonly why: string;
    readonly attempts: number;
    readonly ticket: string | undefined;
  }[];
}

export function presentMails(
  mails: readonly StoredMail[],
  counts: { stored: number; read: number; unreadable: number },
  desk: Desk,
): MailsModel {
  const said = (label: string, count: number): { label: string; count: string } => ({
    label,
    count: count.toLocaleString('en-GB'),
  });
  return {
    counts: [said('Waiting', counts.stored), said('Read', counts.read), said('Unreadable', counts.unreadable)],
    rows: mails.map((mail) => ({
      id: mail._id,
      mailbox: mail.mailbox,
      received: desk.when(mail.receivedAt),
      size: sized(mail.size),
      why: mail.why ?? 'Not said',
      attempts: mail.attempts,
      ticket: mail.ticket,
    })),
  };
}
