import type { Kept } from '@kept/core';
import type { Asked, AskedWork } from './askedWork.ts';

/** A fact that could not be loaded may be back by then. */
const LATER = 'in 5 minutes';

/**
 * Asks when work with somebody's data is queued, and again when it runs: much can be withdrawn in between. What is not
 * permitted then never starts, is written down as skipped, and its job is done; what nobody can tell is tried again later.
 */
export function askedAgain<Data>(kept: Kept, { name, questionOf, work }: AskedWork<Data>): Asked<Data> {
  return {
    async enqueue(queue, data) {
      const answer = await kept.decide(questionOf(data));
      if (answer.outcome !== 'forbidden') await queue.now(name, data);
      return answer;
    },
    async run(job) {
      const { _id, data, lastRunAt } = job.attrs;
      const question = questionOf(data);
      const { outcome, because } = await kept.decide(question);
      if (outcome === 'permitted') await work(data);
      if (outcome === 'undetermined') job.schedule(LATER);
      if (outcome !== 'forbidden') return;
      await kept.uses.skipped({ ...question, because, occasion: `${name} ${_id} ${lastRunAt?.toISOString() ?? ''}` });
    },
  };
}
