import { KeptError } from '../../kernel/keptError.ts';
import { SETTLED_BY } from '../../kernel/request/settledBy.ts';
import { WAIVED_GROUNDS } from '../../kernel/request/waivedGround.ts';
import { event, update } from '../aggregate.ts';
import { demandPage } from '../demandPage.ts';
import { demandText } from '../demandText.ts';
import type { Notifications } from '../keptNotifications.ts';
import { clearOccasion } from '../outbox/clearOccasion.ts';
import { demandOffice } from '../staff/demandOffice.ts';
import type { World } from '../world.ts';
import { advanceNotifications } from './advanceNotifications.ts';
import { closed, endNotification } from './endNotification.ts';
import { isOver, type Notification } from './notification.ts';
import { occasionOf } from './recipientLetter.ts';
import { linkState, noticeBehind } from './recipientLink.ts';
import { recipientsTold } from './recipientsTold.ts';

const LONGEST_ID = 200;
const LONGEST_NOTE = 1_000;
const MOST_SHOWN = 1_000;

/** Recipients are told what became of the data that they got; `tellRecipients` notes which. */
export function notifications(world: World): Notifications {
  const place = (id: string): string => `notification ${id}`;
  return {
    advance: () => advanceNotifications(world),

    async list({ request, recipient, state, skip = 0, limit = 100 } = {}) {
      demandPage({ skip, limit });
      const asked = Object.entries({ request, recipient, state }).filter(([, value]) => value !== undefined);
      const where = Object.fromEntries(asked.map(([name, value]) => [name, demandText(value, name, LONGEST_ID)]));
      const newest = { sort: { queuedAt: -1, _id: 1 }, skip, limit: Math.min(limit, MOST_SHOWN) } as const;
      return world.records.collection<Notification>('notifications').find({ service: world.service, ...where }, newest);
    },

    async told(request) {
      return recipientsTold(world, demandText(request, 'request', LONGEST_ID));
    },

    async done(id, by, note) {
      const now = world.clock.now();
      const { _id } = await demandOffice(world, by, place(id));
      const said = demandText(note, 'note', LONGEST_NOTE);
      const ending = { state: 'confirmed', how: 'staff', by: _id, note: said } as const;
      return endNotification(world, demandText(id, 'notification', LONGEST_ID), ending, now);
    },

    async waive(id, by, ground, reason) {
      const now = world.clock.now();
      const { _id } = await demandOffice(world, by, place(id), SETTLED_BY.waive);
      if (!WAIVED_GROUNDS.includes(ground)) throw noGround();
      const ending = { state: 'waived', ground, by: _id, reason: demandText(reason, 'reason', LONGEST_NOTE) } as const;
      return endNotification(world, demandText(id, 'notification', LONGEST_ID), ending, now);
    },

    async retry(id, by) {
      const now = world.clock.now();
      const { _id } = await demandOffice(world, by, place(id));
      const known = demandText(id, 'notification', LONGEST_ID);
      // A letter that failed makes room for the next one; one that is on its way or arrived stays the only one.
      await clearOccasion(world, occasionOf(known), ['failed']);
      return update<Notification>(world, 'notifications', known, (notification) => {
        if (isOver(notification)) throw closed(notification);
        const { lease: _, lastError: _e, ...rest } = notification;
        const lasts = rest.dueAt.getTime() - rest.queuedAt.getTime();
        const isToldBySelf = world.connectors[rest.recipient] && (rest.references?.length ?? 0) > 0;
        const anew = {
          by: isToldBySelf ? 'connector' : 'staff',
          state: 'queued',
          queuedAt: now,
          dueAt: new Date(now.getTime() + lasts),
          nextAt: now,
          attempts: 0,
        } as const;
        return { document: { ...rest, ...anew }, events: [event(world, 'NotificationRetried', now, { by: _id })] };
      });
    },

    async peek(token) {
      const found = await noticeBehind(world, token);
      return found && { what: found.what, state: linkState(found, world.clock.now()) };
    },

    async confirm(token) {
      const now = world.clock.now();
      const found = await noticeBehind(world, token);
      if (!found) throw unknownLink();
      if (linkState(found, now) !== 'usable') throw linkOver();
      await endNotification(world, found._id, { state: 'confirmed', how: 'link' }, now);
    },
  };
}

function noGround(): KeptError {
  return new KeptError('INPUT_INVALID', 'There is no usable ground', {
    place: 'ground',
    remedy: `Name one of: ${WAIVED_GROUNDS.join(', ')} (Art 19 GDPR).`,
  });
}

function unknownLink(): KeptError {
  return new KeptError('NOTIFICATION_NOT_FOUND', 'This link does not stand for any notice of ours', {
    place: 'link of a notice',
    remedy: 'Use the whole link of the letter.',
  });
}

function linkOver(): KeptError {
  return new KeptError('NOTIFICATION_CLOSED', 'This link was used before, or its time is over', {
    place: 'link of a notice',
    remedy: 'Nothing more is to be done, or write to us.',
  });
}
