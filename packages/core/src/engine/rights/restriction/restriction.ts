import { isRestrictionGround } from '../../../kernel/request/restrictionGround.ts';
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

  async claims(world, request) {
    const standing = (await restrictions(world).history(request.subject)).filter(
      ({ ground, until }) => !until && isRestrictionGround(ground),
    );
    // Staff may have named another ground since.
    const hold = standing.find(({ ground }) => ground === groundOf(request)) ?? standing.at(-1);
    return hold
      ? { claims: [{ what: 'restricted', ground: hold.ground, since: hold.from.toISOString() }], notClaimed: [] }
      : { claims: [], notClaimed: ['That the data is restricted: no restriction stands now.'] };
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
