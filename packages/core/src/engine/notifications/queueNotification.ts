import { event, fresh } from '../aggregate.ts';
import type { World } from '../world.ts';
import type { LogMark, Notification } from './notification.ts';
import type { Telling } from './tellRecipients.ts';

const DAY_MS = 86_400_000;
/** Art 19 names no term for those who are told: the operator's choice. */
const ANSWER_WITHIN_DAYS = 14;

/** What one notice tells one recipient. */
export interface NoticePart {
  readonly categories: readonly string[];
  readonly references: readonly string[];
  readonly upTo?: LogMark;
  readonly hostAsked?: true;
  readonly keepsUntil?: Date;
  /** By what the recipient knows the person could not be found out. */
  readonly unknown?: boolean;
}

/** Notes that a recipient is to be told, under an id that follows from its cause; false where that one is noted already. */
export async function queueNotification(
  world: World,
  { request, what, corrections = [] }: Telling,
  { recipient, number, unknown, ...part }: NoticePart & { readonly recipient: string; readonly number: number },
  now: Date,
): Promise<boolean> {
  const { service, crypto, connectors } = world;
  const connector = connectors[recipient];
  const id = `notice-${crypto.sha256(JSON.stringify([service, request, what, recipient, number])).slice(0, 32)}`;
  const mine = corrections.filter(({ category }) => part.categories.includes(category));
  const days = connector?.answerWithinDays ?? ANSWER_WITHIN_DAYS;
  const details = { request, recipient, what, categories: part.categories.toSorted() };
  return world.records.collection<Notification>('notifications').insert({
    ...fresh(world, id, [event(world, 'NotificationQueued', now, details)]),
    request,
    recipient,
    what,
    ...part,
    categories: part.categories.toSorted(),
    references: part.references.toSorted(),
    ...(mine.length > 0 && { corrections: mine }),
    by: connector && !unknown && part.references.length > 0 ? 'connector' : 'staff',
    state: 'queued',
    queuedAt: now,
    dueAt: new Date(now.getTime() + days * DAY_MS),
    nextAt: now,
    attempts: 0,
  });
}

/** All that was noted about the same of one request. */
export function notificationsAbout(
  world: World,
  { request, what }: Partial<Pick<Telling, 'what'>> & Pick<Telling, 'request'>,
): Promise<Notification[]> {
  const where = { service: world.service, request, ...(what && { what }) };
  return world.records.collection<Notification>('notifications').find(where, { sort: { queuedAt: 1, _id: 1 } });
}
