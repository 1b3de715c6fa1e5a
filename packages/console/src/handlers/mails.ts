import { z } from 'zod';
import { openDesk } from '../presenters/desk.ts';
import { PAGE_SIZE, presentMails } from '../presenters/mails.ts';
import type { MailVisit, Outcome, StaffVisit } from '../visit.ts';
import { pageOf } from './pageOf.ts';
import { readForm, typed } from './readForm.ts';

const why = z.object({ reason: typed.max(500, 'is longer than 500 characters') });

/** Mails that could not be read: kept, shown and counted, never dropped. */
export async function listMails(visit: StaffVisit): Promise<Outcome> {
  const { kept, can, query } = visit;
  const page = pageOf(query.page);
  const [found, counts, desk] = await Promise.all([
    kept.mail.unreadable({ skip: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE }),
    kept.mail.counts(),
    openDesk(visit),
  ]);
  const items = found.items.filter((mail) => can('download', 'Mail', mail));
  return {
    view: 'mails',
    title: 'Unreadable mail',
    model: presentMails({ items, total: found.total }, counts, page, desk),
  };
}

export async function downloadMail(visit: MailVisit): Promise<Outcome> {
  return rawMail(visit, visit.mail._id, visit.mail.ticket);
}

/** Reading and reason are in the evidence by the engine; a note says so to colleagues where there is a ticket. */
export async function rawMail(visit: StaffVisit, id: string, ticket: string | undefined): Promise<Outcome> {
  const { kept, staff, form } = visit;
  const { reason } = readForm(why, form);

  const bytes = await kept.mail.raw(id, staff._id, reason);
  if (ticket !== undefined) await kept.tickets.note(ticket, staff._id, `Downloaded the raw mail: ${reason}`);

  return { download: { name: `mail-${id.replace(/[^\w-]/g, '')}.eml`, type: 'application/octet-stream', bytes } };
}
