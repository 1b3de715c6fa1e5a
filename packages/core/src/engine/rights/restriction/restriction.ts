import { toldLines } from '../../notifications/toldLines.ts';
import { dayOf } from '../../outbox/letterFrame.ts';
import { reasonOf } from '../../subjects/restrictionReason.ts';
import { restrictions } from '../../subjects/restrictions.ts';
import { answerFrame } from '../answerFrame.ts';
import type { Executor, RunningRequest } from '../executor.ts';

/** Restriction (Art 18 GDPR), on the ground that was named. Where none was, staff name it: `kept.restrictions.name`. */
export const restriction: Executor = {
  async run(world, request, beat) {
    await beat();
    await restrictions(world).restrict(request.subject, groundOf(request), 'kept', request._id);
    return { missing: [] };
  },

  async answer(world, request) {
    const told = await toldLines(world, request._id);
    return {
      letter: 'rights-restricted',
      model: {
        ...(await answerFrame(world, request)),
        ...reasonOf(groundOf(request)),
        since: dayOf(world, request.startedAt),
        recipientsTold: told.map(({ name }) => name),
      },
    };
  },
};

function groundOf({ asks }: Pick<RunningRequest, 'asks'>): NonNullable<NonNullable<RunningRequest['asks']>['ground']> {
  return asks?.ground ?? 'not-stated';
}
