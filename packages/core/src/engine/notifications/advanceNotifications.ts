import { isKeptError } from '../../kernel/keptError.ts';
import { event, update } from '../aggregate.ts';
import { raiseFinding } from '../findings/findings.ts';
import { dayOf } from '../outbox/letterFrame.ts';
import type { NoticeTaken, RecipientNotice } from '../ports/recipientConnector.ts';
import type { PendingEvent } from '../stored.ts';
import type { World } from '../world.ts';
import { endNotification, tidyUp } from './endNotification.ts';
import { isOver, NOT_TOLD, type Notification } from './notification.ts';
import { letterStateOf, queueRecipientLetter } from './recipientLetter.ts';
import { recipientLink } from './recipientLink.ts';

const LEASE_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
const LATER_MS = 3_600_000;

/** How many were told, could not be, and stayed silent until they were due. */
export interface Advanced {
  readonly sent: number;
  readonly failed: number;
  readonly expired: number;
}

/** Tells whoever is to be told by now, one after the other, and turns to staff where that has failed or nobody answers. */
export async function advanceNotifications(world: World): Promise<Advanced> {
  const notifications = world.records.collection<Notification>('notifications');
  const counts = { sent: 0, failed: 0, expired: 0 };
  for (;;) {
    const now = world.clock.now();
    const where = { service: world.service, nextAt: { upTo: now } } as const;
    const until = new Date(now.getTime() + LEASE_MS);
    const claimed = await notifications.claim(where, world.crypto.newId(), now, until);
    if (!claimed) return counts;
    const outcome = await advance(world, claimed, now);
    if (outcome) counts[outcome] += 1;
  }
}

async function advance(world: World, notification: Notification, now: Date): Promise<keyof Advanced | undefined> {
  const { _id, state, by, dueAt, letter } = notification;
  if (isOver(notification)) {
    await tidyUp(world, _id, now);
    return undefined;
  }
  const isWithStaff = state === 'failed' || state === 'expired';
  if (!isWithStaff && dueAt <= now) return expire(world, notification, now);
  if (isWithStaff || by === 'staff') {
    await askStaff(world, notification, now);
    return undefined;
  }
  if (state === 'queued') return tell(world, notification, now);
  const arrived = letter ? await letterStateOf(world, _id) : 'sent';
  if (arrived === 'failed') return fail(world, notification, 'LETTER_FAILED', now);
  const later = new Date(Math.min(now.getTime() + LATER_MS, dueAt.getTime()));
  await settle(world, notification, { nextAt: arrived === 'sent' ? dueAt : later });
  return undefined;
}

async function tell(world: World, notification: Notification, now: Date): Promise<keyof Advanced> {
  const { _id, recipient, attempts, dueAt } = notification;
  const connector = world.connectors[recipient];
  if (!connector) return fail(world, notification, 'CONNECTOR_MISSING', now);
  let letter = false;
  let taken: NoticeTaken;
  try {
    taken = await connector.tell(await noticeOf(world, notification, now), {
      signer: await world.keys.signer(),
      async letter(to) {
        letter = true;
        await queueRecipientLetter(world, notification, to, now);
      },
    });
  } catch (error) {
    const { permanent } = (error ?? {}) as { permanent?: unknown };
    const lastError = codeOf(error);
    if (permanent === true) return fail(world, notification, lastError, now);
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** attempts, LONGEST_PAUSE_MS, dueAt.getTime() - now.getTime());
    await settle(world, notification, {
      attempts: attempts + 1,
      lastError,
      nextAt: new Date(now.getTime() + pause),
    });
    return 'failed';
  }

  if (taken?.done === true) {
    await endNotification(world, _id, { state: 'confirmed', how: 'answer' }, now).catch(wasQuicker);
  } else {
    const sent = { state: 'sent', sentAt: now, letter, attempts: attempts + 1, nextAt: letter ? now : dueAt } as const;
    await settle(world, notification, sent, event(world, 'NotificationSent', now, { recipient }));
  }
  return 'sent';
}

async function noticeOf(world: World, notification: Notification, now: Date): Promise<RecipientNotice> {
  const { _id, what, references = [], categories, corrections, dueAt } = notification;
  const { name, contact } = world.policy.controller;
  return {
    id: _id,
    at: now,
    what,
    service: world.service,
    controller: { name, contact },
    references,
    categories,
    ...(corrections && { corrections }),
    dueOn: dayOf(world, dueAt),
    confirmAt: await recipientLink(world, _id),
  };
}

async function expire(world: World, notification: Notification, now: Date): Promise<'expired'> {
  const { recipient } = notification;
  const expired = event(world, 'NotificationExpired', now, { recipient });
  await settle(world, notification, { state: 'expired', nextAt: now }, expired);
  return 'expired';
}

async function fail(world: World, notification: Notification, lastError: string, now: Date): Promise<'failed'> {
  const { recipient, attempts } = notification;
  const failed = event(world, 'NotificationFailed', now, { recipient, code: lastError });
  await settle(world, notification, { state: 'failed', attempts: attempts + 1, lastError, nextAt: now }, failed);
  return 'failed';
}

/** Once when it begins to wait for them, and once more when it is overdue. */
async function askStaff(world: World, notification: Notification, now: Date): Promise<void> {
  const { _id, recipient, request, state, dueAt } = notification;
  const label = world.policy.recipients.find(({ name }) => name === recipient)?.label ?? recipient;
  const what = `${label} is to be told what became of data that it got`;
  const why = {
    failed: `${what} and cannot be told that way: tell it by hand, try again, or say why it cannot be told.`,
    expired: `${what} and has not said by ${dayOf(world, dueAt)} that it is done: ask it.`,
  }[state as string];
  const text = why ?? `${what}, by ${dayOf(world, dueAt)}, and no connector can do it: tell it by hand.`;
  const severity = why ? 'error' : 'warning';
  await raiseFinding(world, { code: NOT_TOLD, about: _id, severity, text, place: request }, now);
  await settle(world, notification, { nextAt: why ? undefined : dueAt });
}

/** Writes how far it has come, unless somebody has moved it on in the meantime: a recipient may answer before its call ends. */
async function settle(
  world: World,
  { _id, state }: Notification,
  { nextAt, ...change }: Partial<Omit<Notification, 'nextAt'>> & { readonly nextAt: Date | undefined },
  happened?: PendingEvent,
): Promise<void> {
  await update<Notification>(world, 'notifications', _id, (newest) => {
    if (newest.state !== state) return undefined;
    const { lease: _, nextAt: _n, ...rest } = newest;
    return { document: { ...rest, ...change, ...(nextAt && { nextAt }) }, events: happened ? [happened] : [] };
  });
}

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  // Whatever else it says may hold what was sent.
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,59}$/.test(code) ? code : 'CONNECTOR_FAILED';
}

function wasQuicker(error: unknown): void {
  if (!isKeptError(error) || error.code !== 'NOTIFICATION_CLOSED') throw error;
}
