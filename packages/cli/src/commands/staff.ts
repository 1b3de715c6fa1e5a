import { ANSWERED, type Command } from '../command.ts';
import type { Io } from '../io.ts';
import { withKept } from '../open.ts';
import { answer, columns } from '../output.ts';
import { oneOf } from '../readings.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';
import { WrongQuestion } from '../wrongQuestion.ts';

export const staffAdd: Command = {
  name: 'staff add',
  usage: '--email E --name N --role agent|lead',
  about: ['The password comes from KEPT_PASSWORD, or as the first line of standard input.', ...engineAbout],
  takes: [0, 0],
  options: {
    ...engineOptions,
    email: { type: 'string', value: 'E', help: 'the address to sign in with' },
    name: { type: 'string', value: 'N', help: 'the name that colleagues see' },
    role: { type: 'string', value: 'agent|lead', help: 'a lead approves, extends and refuses' },
  },
  async run(args, io) {
    const email = args.need('email');
    const name = args.need('name');
    const role = await oneOf(args.need('role'), ['agent', 'lead'] as const, 'role', '--role');
    if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
      throw new WrongQuestion('That is no mail address', '--email', 'write name@example.com');
    }
    const password = await passwordFrom(io);
    return withKept(args, io, async (kept) => {
      const { _id: id, ...member } = await kept.staff.add({ email, name, role, password });
      answer(io, args, { id, email: member.email, name: member.name, role }, () =>
        columns([[id, role, member.name, member.email]]),
      );
      return ANSWERED;
    });
  },
};

export const staffList: Command = {
  name: 'staff list',
  usage: '',
  about: engineAbout,
  takes: [0, 0],
  options: engineOptions,
  async run(args, io) {
    return withKept(args, io, async (kept) => {
      const staff = (await kept.staff.list()).map(({ _id: id, email, name, role, disabledAt }) => ({
        id,
        email,
        name,
        role,
        disabled: disabledAt !== undefined,
      }));
      answer(io, args, { staff }, () =>
        columns(staff.map((one) => [one.id, one.role, one.name, one.email, one.disabled ? 'disabled' : ''])),
      );
      return ANSWERED;
    });
  },
};

async function passwordFrom(io: Io): Promise<string> {
  const given =
    io.env.KEPT_PASSWORD ??
    Buffer.from((await io.stdin()) ?? [])
      .toString('utf8')
      .split(/\r?\n/)[0];
  if (given) return given;
  throw new WrongQuestion('No password is given', 'KEPT_PASSWORD', 'set it, or pipe the password in');
}
