import type { ContestDecision } from '../../../kernel/request/contestDecision.ts';
import { dayOf, letterFrame } from '../../outbox/letterFrame.ts';
import { lawForReader } from '../../requests/lawForReader.ts';
import type { StoredRequest, Ticket } from '../../stored.ts';
import type { World } from '../../world.ts';
import type { Answer, EndedRequest, Executor } from '../executor.ts';
import { reopenContested, reopenedAs } from './reopenContested.ts';
import { noteContested } from './takeUpContest.ts';
import { weighContest } from './weighContest.ts';

/** Complaints and appeals: what was decided wrongly is taken up anew, and the person learns why, and who else hears them. */
export const contest: Executor = {
  async begin(world, request) {
    await noteContested(world, request);
  },
  weigh: weighContest,

  async run(world, request) {
    const noted = await noteContested(world, request);
    if (decisionOf(request).outcome === 'upheld') await reopenContested(world, noted);
    return { missing: [] };
  },

  async claims(world, request) {
    const { outcome } = decisionOf(request);
    const anew = await world.records.collection<StoredRequest>('requests').get(reopenedAs(request));
    const { contests } = request;
    return {
      claims: [
        { what: 'contest-decided', outcome, ...(contests && { contests }), ...(anew && { reopenedAs: anew._id }) },
      ],
      notClaimed: [],
    };
  },

  answer: contestAnswer,
};

async function contestAnswer(world: World, request: EndedRequest): Promise<Answer> {
  const { records } = world;
  const { outcome, reason } = decisionOf(request);
  const ticket = await records.collection<Ticket>('tickets').get(request.ticket);
  const contested = request.contests
    ? await records.collection<StoredRequest>('requests').get(request.contests)
    : undefined;
  return {
    letter: request.right === 'appeal' ? 'appeal-decided' : 'complaint-decided',
    model: {
      ...letterFrame(world, ticket ?? { number: '' }),
      receivedOn: dayOf(world, request.receivedAt),
      upheld: outcome === 'upheld',
      reason,
      contested: contested?.right ?? null,
      law: await lawForReader(world, request),
    },
  };
}

function decisionOf(request: { readonly decision?: unknown }): ContestDecision {
  return request.decision as ContestDecision;
}
