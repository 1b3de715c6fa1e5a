import type { StoredMail } from '../kept.ts';
import { sized } from './conversation.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

export const PAGE_SIZE = 50;

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
  /** Whether there is none at all; a page beyond the last one is empty, too. */
  readonly none: boolean;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

export function presentMails(
  mails: { readonly items: readonly StoredMail[]; readonly total: number },
  counts: { stored: number; read: number; unreadable: number },
  page: number,
  desk: Desk,
): MailsModel {
  const said = (label: string, count: number): { label: string; count: string } => ({
    label,
    count: count.toLocaleString('en-GB'),
  });
  return {
    counts: [said('Waiting', counts.stored), said('Read', counts.read), said('Unreadable', counts.unreadable)],
    rows: mails.items.map((mail) => ({
      id: mail._id,
      mailbox: mail.mailbox,
      received: desk.when(mail.receivedAt),
      size: sized(mail.size),
      why: mail.why ?? 'Not said',
      attempts: mail.attempts,
      ticket: mail.ticket,
    })),
    none: mails.total === 0,
    previous: page > 1 ? `/mails?page=${page - 1}` : undefined,
    next: page * PAGE_SIZE < mails.total ? `/mails?page=${page + 1}` : undefined,
  };
}
