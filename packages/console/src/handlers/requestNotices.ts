import { WAIVED_GROUNDS } from '@kept/core';
import { z } from 'zod';
import { KeptError, type Notification } from '../kept.ts';
import type { Outcome, RequestVisit } from '../visit.ts';
import { back } from './back.ts';
import { readForm, typed } from './readForm.ts';

const heard = z.object({ note: typed.max(500, 'is longer than 500 characters') });
const excused = z.object({
  ground: z.enum(WAIVED_GROUNDS, 'is not chosen'),
  reason: typed.max(500, 'is longer than 500 characters'),
});

/** A recipient was told by hand, or has said that it is done. */
export async function recipientDone(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff, form } = visit;
  const notice = await noticeOf(visit);
  await kept.notifications.done(notice._id, staff._id, readForm(heard, form).note);
  return back(request._id, 'recipient-done');
}

export async function recipientExcused(visit: RequestVisit): Promise<Outcome> {
  const { kept, request, staff, form } = visit;
  const notice = await noticeOf(visit);
  const { ground, reason } = readForm(excused, form);
  await kept.notifications.waive(notice._id, staff._id, ground, reason);
  return back(request._id, 'recipient-excused');
}

export async function recipientAgain(visit: RequestVisit): Promise<Outcome> {
  const notice = await noticeOf(visit);
  await visit.kept.notifications.retry(notice._id, visit.staff._id);
  return back(visit.request._id, 'recipient-again');
}

/** Notices of other requests are not to be reached through this one. */
async function noticeOf({ kept, request, params, here }: RequestVisit): Promise<Notification> {
  const notices = await kept.notifications.list({ request: request._id });
  const found = notices.find(({ _id }) => _id === params.notice);
  if (found) return found;
  throw new KeptError('NOTIFICATION_NOT_FOUND', 'There is no such notice in this request', {
    place: here,
    remedy: 'Open the request again.',
  });
}
