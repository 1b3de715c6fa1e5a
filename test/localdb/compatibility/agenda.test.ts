import { MongoBackend } from '@agendajs/mongo-backend';
import { afterAll, expect } from '@jest/globals';
import { Agenda, type AgendaOptions, backoffStrategies, type Job } from 'agenda';
import type { Document } from 'mongodb';
import { compatibility, item, numbered, pause, until } from './support/scene.ts';

const { db } = compatibility('agenda');
const running: Agenda[] = [];

/** An agenda that keeps its jobs in a collection of that name. */
async function agendaOf(name: string, options: Partial<AgendaOptions> = {}): Promise<Agenda> {
  const backend = new MongoBackend({ mongo: db, collection: `jobs_${name}` });
  const agenda = new Agenda({ backend, processEvery: 100, defaultLockLifetime: 5000, ...options });
  running.push(agenda);
  await agenda.ready;
  return agenda;
}

const jobsOf = (name: string): ReturnType<typeof db.collection<Document>> => db.collection(`jobs_${name}`);

afterAll(async () => {
  await Promise.all(running.map((agenda) => agenda.stop()));
});

item('agenda define + now', async () => {
  const agenda = await agendaOf('now');
  let runs = 0;
  agenda.define('job', async () => {
    runs++;
  });
  await agenda.start();

  await agenda.now('job', { x: 1 });

  await until(() => runs === 1);
  await agenda.stop();
});

item('agenda schedule (in 1 second)', async () => {
  const agenda = await agendaOf('schedule');
  let ranAt = 0;
  agenda.define('job', async () => {
    ranAt = performance.now();
  });
  await agenda.start();

  const askedAt = performance.now();
  await agenda.schedule('in 1 second', 'job', {});

  await until(() => ranAt > 0);
  await agenda.stop();
  expect(ranAt - askedAt).toBeGreaterThan(500);
  expect(ranAt - askedAt).toBeLessThan(4000);
});

item('agenda every (1 s, unique single)', async () => {
  const agenda = await agendaOf('every');
  let ticks = 0;
  agenda.define('tick', async () => {
    ticks++;
  });
  await agenda.start();

  await agenda.every('1 second', 'tick');
  await agenda.every('1 second', 'tick');

  await until(() => ticks >= 2);
  await agenda.stop();
  expect(await jobsOf('every').countDocuments()).toBe(1);
});

item('agenda two workers, 60 jobs: each runs once', async () => {
  const runs = new Map<number, number>();
  const worker = async (): Promise<Agenda> => {
    const agenda = await agendaOf('shared', { maxConcurrency: 10, defaultConcurrency: 5 });
    agenda.define('count', async (job: Job<{ i: number }>) => {
      const { i } = job.attrs.data;
      runs.set(i, (runs.get(i) ?? 0) + 1);
      await pause(20);
    });
    return agenda;
  };
  const first = await worker();
  const workers = [first, await worker()];
  for (const i of numbered(60, (n) => n)) await first.now('count', { i });

  await Promise.all(workers.map((agenda) => agenda.start()));

  await until(() => runs.size === 60, 20_000);
  await pause(500);
  await Promise.all(workers.map((agenda) => agenda.stop()));
  expect([...runs.values()]).toEqual(numbered(60, () => 1));
});

item('agenda lock expiry: stolen from dead worker', async () => {
  const agenda = await agendaOf('stolen', { defaultLockLifetime: 600 });
  let runs = 0;
  agenda.define(
    'job',
    async () => {
      runs++;
    },
    { lockLifetime: 600 },
  );
  await agenda.schedule(new Date(), 'job', {});
  const fiveSecondsAgo = new Date(Date.now() - 5000);
  await jobsOf('stolen').updateOne({}, { $set: { lockedAt: fiveSecondsAgo } });

  await agenda.start();

  await until(() => runs === 1);
  await agenda.stop();
});

item('agenda failed job retry', async () => {
  const agenda = await agendaOf('failed');
  let runs = 0;
  let reason: string | undefined;
  agenda.define('job', async () => {
    runs++;
    if (runs < 3) throw new Error(`attempt ${runs}`);
  });
  agenda.on('fail:job', (_error: Error, job: Job) => {
    reason = job.attrs.failReason ?? undefined;
    job.attrs.nextRunAt = new Date(Date.now() + 100);
    void job.save();
  });
  await agenda.start();

  await agenda.now('job', {});

  await until(() => runs === 3);
  await pause(200);
  await agenda.stop();
  expect(reason).toMatch(/attempt/);
  expect((await jobsOf('failed').findOne())?.lockedAt ?? null).toBeNull();
});

item('agenda backoff retry option', async () => {
  const agenda = await agendaOf('backoff');
  let runs = 0;
  const backoff = backoffStrategies.constant({ delay: 100, maxRetries: 5 });
  agenda.define(
    'job',
    async () => {
      runs++;
      if (runs < 3) throw new Error('not yet');
    },
    { backoff },
  );
  await agenda.start();

  await agenda.now('job', {});

  await until(() => runs === 3);
  await agenda.stop();
});

item('agenda cancel / jobs query / unique / drain', async () => {
  const agenda = await agendaOf('queried');
  agenda.define('job', async () => {});
  await agenda.start();
  for (let attempt = 0; attempt < 2; attempt++) {
    const job = agenda.create('job', { id: 1 });
    job.unique({ 'data.id': 1 });
    job.schedule('in 1 hour');
    await job.save();
  }

  expect(await jobsOf('queried').countDocuments()).toBe(1);
  expect((await agenda.queryJobs({ name: 'job' })).jobs).toHaveLength(1);
  expect(await agenda.cancel({ name: 'job' })).toBe(1);
  await agenda.drain();
});
