import { KeptError } from '../../kernel/keptError.ts';
import { event, fresh, update } from '../aggregate.ts';
import type { Staff } from '../kept.ts';
import type { StaffMember, StaffSession } from '../stored.ts';
import type { World } from '../world.ts';
import { countAttempt, demandCalm, forgetOldAttempts, forgive } from './attempts.ts';

const SESSION_MS = 12 * 3_600_000;
const SHORTEST_PASSWORD = 12;
const MOST_BY_NAME = 5;
// A whole office may share one address: one colleague's slips must not lock the others out.
const MOST_BY_PLACE = 50;
// Checked when the name is unknown, so that the answer takes as long as for a known one.
const NOBODY = 'scrypt$16384$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

export function staff(world: World): Staff {
  const members = world.records.collection<StaffMember>('staff');
  const sessions = world.records.collection<StaffSession>('sessions');
  const { service } = world;

  return {
    async add({ email, name, role, password }) {
      if (password.length < SHORTEST_PASSWORD) {
        throw new KeptError('PASSWORD_INVALID', `A password needs ${SHORTEST_PASSWORD} characters or more`, {
          place: 'password',
          remedy: 'Take a longer one; a few words will do.',
        });
      }
      const address = email.trim().toLowerCase();
      const now = world.clock.now();
      const member: StaffMember = {
        ...fresh(world, `staff-${world.crypto.sha256(`${service}\n${address}`).slice(0, 12)}`, [
          event(world, 'StaffMemberAdded', now, { role }),
        ]),
        email: address,
        name: name.trim(),
        role,
        password: await world.crypto.hashPassword(password),
        addedAt: now,
      };
      if (await members.insert(member)) return member;
      throw new KeptError('STAFF_MEMBER_CONFLICT', 'There is a staff member with this address already', {
        place: 'email',
        remedy: 'Use another address, or the account that is there.',
      });
    },

    async get(id) {
      const member = await members.get(id);
      return member?.service === service ? member : undefined;
    },

    async list() {
      return members.find({ service }, { sort: { name: 1 } });
    },

    async signIn({ email, password, from }) {
      const now = world.clock.now();
      const address = email.trim().toLowerCase();
      const marks = [
        { id: world.crypto.sha256(`${service}\nname\n${address}`), most: MOST_BY_NAME },
        { id: world.crypto.sha256(`${service}\nfrom\n${from}`), most: MOST_BY_PLACE },
      ];
      for (const mark of marks) await demandCalm(world, mark, now);
      for (const mark of marks) await countAttempt(world, mark, now);

      const [member] = await members.find({ service, email: address, disabledAt: { exists: false } }, { limit: 1 });
      const right = await world.crypto.checkPassword(password, member?.password ?? NOBODY);
      if (!member || !right) {
        throw new KeptError('SIGN_IN_REFUSED', 'Address and password do not fit', {
          place: 'sign-in',
          remedy: 'Check both and try again.',
        });
      }

      const token = world.crypto.token();
      const session: StaffSession = {
        ...fresh(world, world.crypto.sha256(token)),
        staff: member._id,
        csrf: world.crypto.token(),
        createdAt: now,
        expiresAt: new Date(now.getTime() + SESSION_MS),
      };
      await sessions.remove({ service, expiresAt: { upTo: now } });
      await forgetOldAttempts(world, now);
      await sessions.insert(session);
      for (const mark of marks) await forgive(world, mark);
      const seen = await update<StaffMember>(world, 'staff', member._id, (each) => ({
        document: { ...each, lastSeenAt: now },
        events: [event(world, 'StaffSignedIn', now)],
      }));
      return { token, staff: seen, session };
    },

    async session(token) {
      const now = world.clock.now();
      const session = await sessions.get(world.crypto.sha256(token));
      if (session?.service !== service || session.expiresAt <= now) return undefined;
      const member = await members.get(session.staff);
      return member && !member.disabledAt ? { staff: member, session } : undefined;
    },

    async signOut(token) {
      await sessions.remove({ _id: world.crypto.sha256(token) });
    },
  };
}
