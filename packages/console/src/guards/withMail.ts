import type { Actions } from '../abilities.ts';
import type { MailVisit, StaffVisit } from '../visit.ts';
import { permitted } from './withRecord.ts';

/** Finds the unreadable mail of the address and hands it over; mails that could be read are reached by their ticket. */
export async function withMail(visit: StaffVisit, action: Actions['Mail']): Promise<MailVisit> {
  const mails = await visit.kept.mail.unreadable();
  const found = mails.find(({ _id }) => _id === visit.params.id);

  return { ...visit, mail: permitted(visit, action, 'Mail', found, found?.service === visit.kept.service) };
}
