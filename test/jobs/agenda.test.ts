import { once } from 'node:events';
import { MongoBackend } from '@agendajs/mongo-backend';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Agenda } from 'agenda';
import { type Connection, createConnection } from 'mongoose';
import { jobs } from '../../jobs/src/jobs.ts';
import { registerJobs } from '../../jobs/src/registerJobs.ts';
import type { Scheduler } from '../../jobs/src/scheduler.ts';
import { fakeKept } from './fakeKept.ts';

const SWEEP = 'sdance-ai retention.sweep';
let database: Connection;
const agendas: Agenda[] = [];

beforeAll(async () => {
  database = await createConnection(process.env.KEPT_TEST_MONGODB_URI ?? '', {
    dbName: `kept_test_jobs_${process.pid}`,
  }).asPromise();
});
afterEach(async () => {
  for (const agenda of agendas.splice(0)) await agenda.stop();
  await database.collection('agendaJobs').deleteMany({});
});
afterAll(async () => {
  await database.dropDatabase();
  await database.close();
});

async function anAgenda(): Promise<Agenda> {
  // Mongoose and Agenda bring types of the same driver that do not know each other.
  const mongo = database.db as never;
  const agenda = new Agenda({ backend: new MongoBackend({ mongo }), processEvery: 20 });
  await agenda.ready;
  // A run that failed is what some tests are about; unheard errors would end the process.
  agenda.on('error', () => undefined);
  agendas.push(agenda);
  return agenda;
}

/** The same Agenda with short locks: it keeps a timer for half a lock's life after each run. */
function hurried(agenda: Agenda): Scheduler {
  return {
    define: (name, run, options) => agenda.define(name, run, { ...options, lockLifetime: 2_000 }),
    every: (interval, name) => agenda.every(interval, name),
  };
}

const stored = () => database.collection('agendaJobs').find().sort({ name: 1 }).toArray();

describe('the jobs on Agenda', () => {
  test('are stored once each with their rhythm, and registering again changes nothing', async () => {
    await registerJobs(await anAgenda(), fakeKept().kept);
    const before = await stored();
    await registerJobs(await anAgenda(), fakeKept().kept);
    const after = await stored();

    const rhythm = ({ name, repeatInterval }: Record<string, unknown>) => `${name} every ${repeatInterval}`;
    expect(before.map(rhythm)).toEqual(jobs.map(({ name, every }) => `sdance-ai ${name} every ${every}`).sort());
    expect(after.map(({ _id, nextRunAt }) => [`${_id}`, nextRunAt])).toEqual(
      before.map(({ _id, nextRunAt }) => [`${_id}`, nextRunAt]),
    );
  });

  test.each(jobs.map(({ name }) => name))('%s runs once when it is due', async (name) => {
    const { kept, calls } = fakeKept();
    const agenda = await anAgenda();
    await registerJobs(hurried(agenda), kept);
    await onlyDue(`sdance-ai ${name}`);
    const success = once(agenda, `success:sdance-ai ${name}`);
    await agenda.start();
    await success;

    expect(calls).toEqual([name]);
  });

  test('two workers make one run of it', async () => {
    const running = Promise.withResolvers<void>();
    const { kept, calls } = fakeKept({ during: () => running.promise });
    const [first, second] = [await anAgenda(), await anAgenda()];
    for (const agenda of [first, second]) await registerJobs(hurried(agenda), kept);
    await onlyDue(SWEEP);
    const started = Promise.race([once(first, `start:${SWEEP}`), once(second, `start:${SWEEP}`)]);
    await Promise.all([first.start(), second.start()]);
    await started;
    await scans(first, second);

    expect(calls).toEqual(['retention.sweep']);
    running.resolve();
  });

  test('a run that is under way is not started a second time', async () => {
    const running = Promise.withResolvers<void>();
    const { kept, calls } = fakeKept({ during: () => running.promise });
    const agenda = await anAgenda();
    await registerJobs(hurried(agenda), kept);
    await onlyDue(SWEEP);
    const started = once(agenda, `start:${SWEEP}`);
    await agenda.start();
    await started;
    await agenda.now(SWEEP, {});
    await scans(agenda);

    expect(calls).toEqual(['retention.sweep']);
    running.resolve();
  });

  test('a run that fails is recorded as failed with the error, and comes again at its next time', async () => {
    const { kept, calls } = fakeKept({ during: () => Promise.reject(new Error('SWEEP_STOPPED')) });
    const agenda = await anAgenda();
    await registerJobs(hurried(agenda), kept);
    await onlyDue(SWEEP);
    const completed = once(agenda, `complete:${SWEEP}`);
    await agenda.start();
    await completed;
    await agenda.stop();

    const [job] = (await stored()).filter(({ name }) => name === SWEEP);
    expect(calls).toEqual(['retention.sweep']);
    expect(job).toMatchObject({ failReason: 'SWEEP_STOPPED', failCount: 1, repeatInterval: '6 hours' });
    expect(job?.nextRunAt.getTime()).toBeGreaterThan(job?.failedAt.getTime());
  });
});

/** Puts every other job far into the future: their runs are not what is asked about. */
async function onlyDue(name: string): Promise<void> {
  await database
    .collection('agendaJobs')
    .updateMany({ name: { $ne: name } }, { $set: { nextRunAt: new Date('2999-01-01') } });
}

/** Waits until each worker has looked for work twice more: a job of another service, made for that, tells. */
async function scans(...workers: Agenda[]): Promise<void> {
  for (const [index, worker] of workers.entries()) {
    const name = `another-service look-${index}`;
    for (const _time of [1, 2]) {
      const ran = new Promise<void>((resolve) => {
        worker.define(name, async () => resolve(), { lockLifetime: 100 });
      });
      await worker.now(name, {});
      await ran;
    }
  }
}
