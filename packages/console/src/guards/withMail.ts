import type { Actions } from '../abilities.ts';
import type { MailVisit, StaffVisit } from '../visit.ts';
import { permitted } from './withRecord.ts';

/** Finds the unreadable mail of the address and hands it over; mails that could be read are reached by their ticket. */
export async function withMail(visit: StaffVisit, action: Actions['Mail']): Promise<MailVisit> {
  const found = await visit.kept.mail.get(visit.params.id ?? '');
  const seen = found?.state === 'unreadable' && found.service === visit.kept.service;

  return { ...visit, mail: permitted(visit, action, 'Mail', found, seen) };
}
