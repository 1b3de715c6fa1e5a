import { maskValue, type StoredRequest, type Ticket } from '../kept.ts';

/** A ticket as it is for somebody who does not work on it: enough to tell it from others, and nothing of what was written. */
export function maskedTicket({ recognition: _, ...ticket }: Ticket): Ticket {
  return { ...ticket, subjectLine: 'A colleague’s case', from: masked(ticket.from) };
}

/** A rights request likewise: its dates and its state, and neither whose it is nor what they want. */
export function maskedRequest(request: StoredRequest): StoredRequest {
  const { asks: _, shownIn: _where, ...rest } = request;
  const { about, requester } = rest;
  const hidden = { ...rest, requester: masked(requester), ...(about && { about: { ...about, ...masked(about) } }) };
  return 'subject' in hidden ? { ...hidden, subject: '•••' } : hidden;
}

function masked<T extends { readonly address: string; readonly name?: string }>(
  who: T,
): Pick<T, 'address' | 'name'> & { address: string } {
  const name = who.name === undefined ? {} : { name: String(maskValue('account.profile', who.name)) };
  return { address: String(maskValue('account.contact', who.address)), ...name };
}
