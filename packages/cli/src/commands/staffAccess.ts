import { ANSWERED, BAD_NEWS, type Command } from '../command.ts';
import { withKept } from '../open.ts';
import { answer, columns } from '../output.ts';
import { engineAbout, engineOptions } from '../surroundings.ts';

export const staffAccess: Command = {
  name: 'staff access',
  usage: '',
  about: ['Exit 1 where a review of access is overdue. Reviews are made in the console.', ...engineAbout],
  takes: [0, 0],
  options: engineOptions,
  async run(args, io) {
    return withKept(args, io, async (kept) => {
      const review = await kept.reviews.access();
      answer(io, args, review, () =>
        columns(
          review.accounts.map(({ name, role, email, reviewed, dueAt, disabledAt, overdue }) => [
            role,
            name,
            email,
            reviewed ? `reviewed ${reviewed.at.toISOString().slice(0, 10)} by ${reviewed.by}` : 'never reviewed',
            disabledAt ? 'disabled' : overdue ? 'overdue' : (dueAt?.toISOString().slice(0, 10) ?? ''),
          ]),
        ),
      );
      return review.accounts.some(({ overdue }) => overdue) ? BAD_NEWS : ANSWERED;
    });
  },
};
