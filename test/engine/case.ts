import type { Kept, StoredRequest, Ticket } from '@kept/core';
import { linkFor, rawMail } from '../support/people.ts';
import type { Scene } from '../support/scene.ts';

export const MAILBOX = 'support@sdanceai.com';
export const PASSWORD = 'a long password';
export const DELETE = 'Hi, please delete everything you have about me.';

/** A mail that arrives and is read; answers its id. */
export async function mail(kept: Kept, from: string, text: string, more: Record<string, string> = {}): Promise<string> {
  const { id } = await kept.mail.receive({ mailbox: MAILBOX, raw: rawMail(from, text, more) });
  await kept.mail.work();
  return id;
}

/** Two staff members, made once for a database. */
export async function twoStaff(kept: Kept): Promise<{ agent: string; lead: string }> {
  const there = await kept.staff.list();
  const add = async (name: string, role: 'agent' | 'lead'): Promise<string> => {
    const email = `${name.toLowerCase()}@kept.test`;
    const known = there.find((each) => each.email === email);
    return (known ?? (await kept.staff.add({ email, name, role, password: PASSWORD })))._id;
  };
  return { agent: await add('Ada', 'agent'), lead: await add('Lin', 'lead') };
}

/** A privacy lead, made once for a database. */
export async function leadOf(kept: Kept): Promise<string> {
  return (await twoStaff(kept)).lead;
}

/** A second privacy lead: who refused does not decide on the appeal. */
export async function anotherLead(kept: Kept): Promise<string> {
  const email = 'lea@kept.test';
  const known = (await kept.staff.list()).find((each) => each.email === email);
  return (known ?? (await kept.staff.add({ email, name: 'Lea', role: 'lead', password: PASSWORD })))._id;
}

/** Takes the newest request to where the person has confirmed it. */
export async function confirmed(the: Pick<Scene, 'mailer'>, kept: Kept, address: string): Promise<StoredRequest> {
  await kept.requests.advance();
  await kept.outbox.deliver();
  const request = await kept.requests.confirm(linkFor(the, address));
  await kept.requests.advance();
  return again(kept, request._id);
}

export async function again(kept: Kept, id: string): Promise<StoredRequest> {
  const request = await kept.requests.get(id);
  if (!request) throw new Error(`No request ${id}`);
  return request;
}

/** Proposed by one and approved by another staff member, on the preview as it stands. */
export async function approved(kept: Kept, id: string): Promise<void> {
  const { agent, lead } = await twoStaff(kept);
  const request = await again(kept, id);
  const hash = 'preview' in request ? request.preview.hash : '';
  await kept.requests.propose(id, agent, hash);
  await kept.requests.approve(id, lead, hash);
}

/** An erasure from mail to approval. */
export async function approvedErasure(the: Scene, kept: Kept, address: string): Promise<string> {
  await mail(kept, address, DELETE);
  const { _id } = await confirmed(the, kept, address);
  await approved(kept, _id);
  return _id;
}

/** The ticket that a mail led to. */
export async function ticketOfMail({ db, kept }: Scene, mailId: string): Promise<Ticket> {
  const stored = await db.collection<{ _id: string; ticket: string }>('kept_mails').findOne({ _id: mailId });
  const ticket = await kept.tickets.get(stored?.ticket ?? '');
  if (!ticket) throw new Error(`No ticket for ${mailId}`);
  return ticket;
}
