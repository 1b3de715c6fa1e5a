import { answerFrame } from '../answerFrame.ts';
import type { Executor } from '../executor.ts';
import { rehearse } from './rehearse.ts';

/** What carries out a test request: it goes the whole way, and at its end says what it would have done. */
export const rehearsal: Executor = {
  async run(world, { right, subject }) {
    return { missing: [], also: { rehearsal: await rehearse(world, right, subject) } };
  },
  async answer(world, request) {
    const { found = [], plan = [], recipients = [] } = request.rehearsal ?? {};
    const lines = plan.map(({ collection, action, count }) => ({ collection, action, records: count }));
    const model = { ...(await answerFrame(world, request)), right: request.right, found, lines, recipients };
    return { letter: 'test-request-ended', model };
  },
};
