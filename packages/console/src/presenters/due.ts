import type { StoredRequest, Ticket } from '../kept.ts';
import { isClosed } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import { counted, dayIn, daysBetween, presentDay } from './dates.ts';
import type { Desk } from './desk.ts';
import { regimeLabel } from './words.ts';

const SOON_DAYS = 3;

/** "Due 28 Feb · in 8 days · GDPR", with the whole date behind it; once closed, whether it was in time. */
export function presentDue(dueOn: string, closedAt: Date | undefined, regime: string | undefined, desk: Desk): Chip {
  const law = regime === undefined ? '' : ` · ${regimeLabel(regime)}`;
  if (closedAt) return presentMet(dueOn, closedAt, law, desk);

  const left = daysBetween(desk.today, dueOn);
  const day = presentDay(dueOn, desk.today);
  const datetime = day.datetime;
  if (left < 0) {
    const text = `Overdue ${counted(-left, 'day')} · ${day.text}${law}`;
    return { tone: 'overdue', icon: 'alert', text, title: `Was due on ${day.title}`, datetime };
  }
  const distance = left === 0 ? 'today' : left === 1 ? 'tomorrow' : `in ${left} days`;
  const tone = left <= SOON_DAYS ? 'soon' : 'calm';
  return { tone, icon: 'clock', text: `Due ${day.text} · ${distance}${law}`, title: `Due on ${day.title}`, datetime };
}

function presentMet(dueOn: string, closedAt: Date, law: string, desk: Desk): Chip {
  const closedOn = dayIn(desk.kept.policy.controller.zone, closedAt);
  const late = daysBetween(dueOn, closedOn);
  const day = presentDay(closedOn, desk.today);
  const text =
    late > 0 ? `Closed ${day.text} · ${counted(late, 'day')} late${law}` : `Closed ${day.text} · in time${law}`;
  const title = `Closed on ${day.title}; was due on ${presentDay(dueOn, desk.today).title}`;
  return { tone: late > 0 ? 'overdue' : 'met', icon: late > 0 ? 'alert' : 'check', text, title, datetime: closedOn };
}

/** A ticket is due when its most urgent request is; that one's law is named beside the date. */
export function ticketDue(ticket: Ticket, requests: readonly StoredRequest[], desk: Desk): Chip {
  const regime = requests.find(({ dueOn }) => dueOn === ticket.dueOn)?.regime;
  if (ticket.status === 'closed' && !ticket.closedAt) return chip('quiet', 'check', 'Closed');
  return presentDue(ticket.dueOn, ticket.status === 'closed' ? ticket.closedAt : undefined, regime, desk);
}

export function requestDue(request: StoredRequest, desk: Desk): Chip {
  return presentDue(request.dueOn, closedAtOf(request), request.regime, desk);
}

/** When the case was closed, whichever way; undefined while it is open. */
export function closedAtOf(request: StoredRequest): Date | undefined {
  return isClosed(request) && 'closedAt' in request ? request.closedAt : undefined;
}
