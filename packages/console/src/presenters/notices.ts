import type { Can } from '../abilities.ts';
import type { Notification, NotificationState, StoredRequest } from '../kept.ts';
import { type Chip, chip, type Tone } from './chip.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

/** A recipient who is told of a request, how far that is, and what a colleague can do about it. */
export interface NoticeRow {
  readonly id: string;
  readonly recipient: string;
  readonly what: string;
  readonly state: Chip;
  readonly due: When | undefined;
  readonly note: string;
  readonly mayTell: boolean;
  readonly mayRetry: boolean;
  readonly mayWaive: boolean;
}

const WHAT: Readonly<Record<Notification['what'], string>> = {
  erasure: 'To erase what they got',
  rectification: 'To correct what they got',
  restriction: 'To store and not use what they got',
  'restriction-lifted': 'That they may use it again',
};

const LOOK: Readonly<Record<NotificationState, readonly [Tone, string, string]>> = {
  queued: ['info', 'hourglass', 'Not told yet'],
  sent: ['info', 'send', 'Told, no answer yet'],
  failed: ['overdue', 'alert', 'Could not be told'],
  expired: ['overdue', 'alert', 'Never answered'],
  confirmed: ['met', 'check', 'Done'],
  waived: ['quiet', 'cross', 'Not told, with a reason'],
};

export function presentNotices(
  notices: readonly Notification[],
  request: StoredRequest,
  can: Can,
  desk: Desk,
): NoticeRow[] {
  return notices.map((notice) => {
    const [tone, icon, text] = LOOK[notice.state];
    const isOpen = notice.state !== 'confirmed' && notice.state !== 'waived';
    const mayTell = isOpen && can('tell', 'Request', request);
    return {
      id: notice._id,
      recipient: desk.kept.policy.recipients.find(({ name }) => name === notice.recipient)?.label ?? notice.recipient,
      what: WHAT[notice.what],
      state: chip(tone, icon, text),
      due: isOpen ? desk.when(notice.dueAt) : undefined,
      note: noteOf(notice, desk),
      mayTell,
      mayRetry: mayTell && (notice.state === 'failed' || notice.state === 'expired'),
      mayWaive: isOpen && can('waive', 'Request', request),
    };
  });
}

function noteOf({ state, by, sentAt, endedAt, confirmedBy, waived, attempts }: Notification, desk: Desk): string {
  const when = (date: Date | undefined): string => (date ? desk.when(date).text : '');
  switch (state) {
    case 'queued':
      return by === 'staff' ? 'Staff tell them: no other way is set up' : 'Told by itself';
    case 'sent':
      return `Told ${when(sentAt)}`;
    case 'failed':
      return `Tried ${attempts} times; somebody tells them by hand`;
    case 'expired':
      return 'Nothing was heard by the date; somebody asks them';
    case 'confirmed': {
      const how = { answer: 'They answered', link: 'They confirmed by the link', staff: 'A colleague told them' };
      return `${how[confirmedBy ?? 'staff']}, ${when(endedAt)}`;
    }
    case 'waived': {
      const why = waived?.ground === 'impossible' ? 'It is impossible' : 'The effort would be disproportionate';
      return `${why}, says ${desk.nameOf(waived?.by ?? '')}`;
    }
  }
}
