import { KeptError } from '../../kernel/keptError.ts';
import { event, notFound, update } from '../aggregate.ts';
import type { MailIntake } from '../keptMail.ts';
import type { StoredMail } from '../stored.ts';
import type { World } from '../world.ts';
import { keepUnreadable } from './keepUnreadable.ts';
import { readMail } from './readMail.ts';
import { openMail, receiveMail } from './receiveMail.ts';

const ROUND = 200;
const MOST_ATTEMPTS = 5;

/** The next rounds try again, and the others are read meanwhile; in the end it is shown as it came. Answers whether it is. */
async function setAside(world: World, mail: StoredMail, code: string): Promise<boolean> {
  world.log({ level: 'error', event: 'mail.stuck', mail: mail._id, code });
  try {
    const tried = await update<StoredMail>(world, 'mails', mail._id, (each) =>
      each.state === 'stored' ? { document: { ...each, attempts: each.attempts + 1 } } : undefined,
    );
    if (tried.state !== 'stored' || tried.attempts < MOST_ATTEMPTS) return false;
    await keepUnreadable(world, tried, code, world.clock.now());
    return true;
  } catch {
    // It stays as stored; nothing is lost.
    return false;
  }
}

export function mailIntake(world: World, messageKeyOf: (raw: Uint8Array) => string): MailIntake {
  const mails = world.records.collection<StoredMail>('mails');
  const { service } = world;
  return {
    receive: (mail) => receiveMail(world, mail, messageKeyOf(mail.raw)),

    async work() {
      // Those that were tried least go first: a few that cannot be dealt with must not stand before all others.
      const sort = { attempts: 1, receivedAt: 1 } as const;
      const waiting = await mails.find({ service, state: 'stored' }, { sort, limit: ROUND });
      const counts = { read: 0, unreadable: 0 };
      for (const mail of waiting) {
        try {
          counts[await readMail(world, mail)] += 1;
        } catch (error) {
          if (await setAside(world, mail, (error as { code?: string }).code ?? 'MAIL_STUCK')) counts.unreadable += 1;
        }
      }
      return counts;
    },

    async counts() {
      const [stored, read, unreadable] = await Promise.all(
        (['stored', 'read', 'unreadable'] as const).map((state) => mails.count({ service, state })),
      );
      return { stored: stored ?? 0, read: read ?? 0, unreadable: unreadable ?? 0 };
    },

    async unreadable({ skip = 0, limit = 50 } = {}) {
      const where = { service, state: 'unreadable' } as const;
      const [items, total] = await Promise.all([
        mails.find(where, { sort: { receivedAt: -1, _id: -1 }, skip, limit }),
        mails.count(where),
      ]);
      return { items, total };
    },

    async get(id) {
      const mail = await mails.get(id);
      return mail?.service === service ? mail : undefined;
    },

    async raw(id, by, reason) {
      const now = world.clock.now();
      if (!reason.trim()) {
        throw new KeptError('REASON_INVALID', 'Reading a raw mail needs a reason', {
          place: `mail ${id}`,
          remedy: 'Say what it is read for; the reason stays in the evidence.',
        });
      }
      const mail = await mails.get(id);
      if (mail?.service !== service) throw notFound('mails', id);
      const raw = await openMail(world, mail);
      if (!raw) {
        throw new KeptError('MAIL_CLOSED', 'The key of this mail is destroyed: nobody can read it any more', {
          place: `mail ${id}`,
          remedy: 'Nothing can be done, and nothing needs to be.',
        });
      }
      await update<StoredMail>(world, 'mails', id, (each) => ({
        document: each,
        events: [event(world, 'RawMailRead', now, { by, reason: reason.trim() })],
      }));
      return raw;
    },
  };
}
