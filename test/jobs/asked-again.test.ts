import { once } from 'node:events';
import { MongoBackend } from '@agendajs/mongo-backend';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Kept, SubjectQuestion } from '@kept/core';
import { Agenda } from 'agenda';
import fc from 'fast-check';
import { askedAgain } from '../../jobs/src/askedAgain.ts';
import type { Asked, QueuedJob } from '../../jobs/src/askedWork.ts';
import { scene } from '../support/scene.ts';

const the = await scene();
const { kept } = the;
let people = 0;
afterAll(() => the.close());

/** Agenda keeps a timer for half a lock's life after each run. */
const BRIEF = { concurrency: 1, lockLifetime: 2_000 };

interface Task {
  subject: string;
}
const questionOf = ({ subject }: Task): SubjectQuestion => ({
  subject,
  purpose: 'training',
  category: 'generation.output',
});

/** Work that notes for whom it was done, and the jobs of it that wait. */
function training(house: Pick<Kept, 'decide' | 'uses'> = kept): {
  done: string[];
  asked: Asked<Task>;
  waiting: (QueuedJob<Task> & { later: string[] })[];
  enqueue(subject: string): Promise<string>;
} {
  const done: string[] = [];
  const waiting: (QueuedJob<Task> & { later: string[] })[] = [];
  const work = async ({ subject }: Task): Promise<void> => void done.push(subject);
  const asked = askedAgain<Task>(house as Kept, { name: 'train', questionOf, work });
  const now = async (_name: string, data: unknown): Promise<void> => {
    const later: string[] = [];
    const attrs = { _id: waiting.length, data: data as Task, lastRunAt: the.clock.now() };
    waiting.push({ attrs, later, schedule: (when) => later.push(when) });
  };
  return { done, asked, waiting, enqueue: async (subject) => (await asked.enqueue({ now }, { subject })).outcome };
}

describe('work that waits in a queue', () => {
  test('runs on Agenda where it is still permitted, and where it was withdrawn meanwhile never starts, is written down, and is done', async () => {
    const agenda = new Agenda({ backend: new MongoBackend({ mongo: the.db as never }), processEvery: 20 });
    await agenda.ready;
    const { asked, done } = training();
    agenda.define('train', (job) => asked.run(job as never), BRIEF);
    try {
      for (const subject of ['ann', 'bo']) {
        await kept.consents.give(subject, 'training', 'settings');
        expect((await asked.enqueue(agenda, { subject })).outcome).toBe('permitted');
      }
      the.clock.forward({ seconds: 1 });
      await kept.consents.withdraw('ann', 'training', 'settings');

      const both = Promise.withResolvers<void>();
      let ended = 0;
      agenda.on('complete:train', () => {
        ended += 1;
        if (ended === 2) both.resolve();
      });
      await agenda.start();
      await both.promise;
    } finally {
      await agenda.stop();
    }
    expect(done).toEqual(['bo']);
    const jobs = await the.db.collection('agendaJobs').find().toArray();
    expect(jobs.map(({ failCount, nextRunAt }) => [failCount ?? 0, nextRunAt])).toEqual([
      [0, null],
      [0, null],
    ]);
    await kept.evidence.sequence();
    const skipped = (await kept.evidence.entries()).filter(({ type }) => type === 'UseSkipped');
    expect(skipped).toHaveLength(1);
  });

  test('is not queued where it is not permitted then', async () => {
    const { enqueue, waiting } = training();
    expect([await enqueue('cy'), waiting.length]).toEqual(['forbidden', 0]);
  });

  test('waits on where nobody can tell, and is not run meanwhile', async () => {
    const undetermined = { outcome: 'undetermined', because: [], missing: ['facts'], terms: [] } as const;
    const skips: unknown[] = [];
    const unsure = {
      decide: async () => undetermined,
      uses: { skipped: async (skip: unknown) => void skips.push(skip) },
    };
    const { asked, done, waiting, enqueue } = training(unsure as never);
    await enqueue('di');
    for (const job of waiting) await asked.run(job);
    expect([done, skips, waiting.map(({ later }) => later)]).toEqual([[], [], [['in 5 minutes']]]);
  });

  test('on Agenda, too, comes again later', async () => {
    const agenda = new Agenda({ backend: new MongoBackend({ mongo: the.db as never }), processEvery: 20 });
    await agenda.ready;
    const unsure = { decide: async () => ({ outcome: 'undetermined', because: [], missing: [], terms: [] }) };
    const asked = askedAgain<Task>(unsure as never, { name: 'unsure', questionOf, work: async () => undefined });
    agenda.define('unsure', (job) => asked.run(job as never), BRIEF);
    try {
      await asked.enqueue(agenda, { subject: 'ed' });
      const complete = once(agenda, 'complete:unsure');
      await agenda.start();
      await complete;
    } finally {
      await agenda.stop();
    }
    const [job] = await the.db.collection('agendaJobs').find({ name: 'unsure' }).toArray();
    expect(job?.nextRunAt - job?.lastRunAt).toBeGreaterThan(4 * 60_000);
    expect(job?.failCount ?? 0).toBe(0);
  });

  test('withdrawn while it was queued never runs, in whatever order things happen, and at the same moment', async () => {
    const step = fc.constantFrom('give', 'withdraw', 'object', 'enqueue', 'run', 'run while it is withdrawn');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
        people += 1;
        const subject = `person-${people}`;
        const { done, asked, waiting, enqueue } = training();
        let isAllowed = false;
        const say = async (what: 'give' | 'withdraw' | 'object'): Promise<void> => {
          the.clock.forward({ seconds: 1 });
          if (what === 'object') await kept.objections.object(subject, 'training', 'test');
          else await kept.consents[what](subject, 'training', 'test');
          isAllowed = what === 'give';
        };
        for (const each of steps) {
          const before = done.length;
          if (each === 'give' || each === 'withdraw' || each === 'object') await say(each);
          if (each === 'enqueue') expect((await enqueue(subject)) === 'permitted').toBe(isAllowed);
          const job = each.startsWith('run') ? waiting.shift() : undefined;
          if (!job) continue;
          const wasAllowed = isAllowed;
          if (each === 'run') await asked.run(job);
          else await Promise.all([say('withdraw'), asked.run(job)]);
          // While it is withdrawn, either may be first; what began before is what began with a yes.
          expect([steps, done.length > before && !wasAllowed]).toEqual([steps, false]);
          if (each === 'run') expect([steps, done.length > before]).toEqual([steps, isAllowed]);
        }
      }),
      { seed: 32, numRuns: 60 },
    );
  });
});
