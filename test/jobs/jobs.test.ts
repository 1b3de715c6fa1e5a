import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { jobs } from '../../jobs/src/jobs.ts';
import { keepAlive } from '../../jobs/src/keepAlive.ts';
import { registerJobs } from '../../jobs/src/registerJobs.ts';
import { fakeKept } from './fakeKept.ts';

const home = join(import.meta.dirname, '../../jobs');

describe('the jobs', () => {
  test('are these, in this rhythm', () => {
    expect(jobs.map(({ name, every }) => `${name} every ${every}`)).toEqual([
      'policies.advance every 10 minutes',
      'mail.work every 1 minute',
      'requests.advance every 1 minute',
      'notifications.advance every 1 minute',
      'transfer.advance every 1 hour',
      'outbox.deliver every 1 minute',
      'restrictions.advance every 10 minutes',
      'retention.sweep every 6 hours',
      'packages.expire every 1 hour',
      'disclosures.expire every 1 day',
      'recipients.review every 1 day',
      'reviews.check every 1 day',
      'reminders.send every 12 hours',
      'evidence.sequence every 1 minute',
      'evidence.anchor every 1 hour',
      'scan.run every 7 days',
    ]);
  });

  test.each(jobs.map((job) => [job.name, job] as const))(
    '%s makes the one call that it is named after',
    async (name, job) => {
      const { kept, calls } = fakeKept();

      await job.run(kept);

      expect(calls).toEqual([name]);
    },
  );

  test('are listed in their README as they are', async () => {
    const readme = await readFile(join(home, 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `(\S+)` +\| (.+?) +\|/gm)].map(([, name, every]) => ({ name, every }));

    expect(rows).toEqual(jobs.map(({ name, every }) => ({ name, every })));
  });

  test('are small files that know the engine and no database', async () => {
    for (const file of await readdir(join(home, 'src'))) {
      const text = await readFile(join(home, 'src', file), 'utf8');

      // The list grows by two lines a job.
      const most = file === 'jobs.ts' ? 60 : 31;
      expect([file, text.split('\n').length <= most]).toEqual([file, true]);
      expect([file, /mongoose|mongodb|from 'agenda'/.test(text)]).toEqual([file, false]);
    }
  });

  test('take names that carry the service, so that two services can share an Agenda', async () => {
    const defined: string[] = [];
    const scheduled: string[] = [];
    const agenda = {
      define: (name: string) => void defined.push(name),
      every: async (interval: string, name: string) => scheduled.push(`${name} every ${interval}`),
    };
    await registerJobs(agenda, fakeKept({ service: 'sdance-ai' }).kept);
    await registerJobs(agenda, fakeKept({ service: 'seedance25' }).kept);

    expect(new Set(defined).size).toBe(2 * jobs.length);
    expect(scheduled).toContain('seedance25 retention.sweep every 6 hours');
  });
});

describe('a run that takes long', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('says that it lives until it ends, and not once after', async () => {
    const touch = jest.fn(async () => undefined);
    const work = Promise.withResolvers<void>();
    const run = keepAlive({ touch }, 1000, () => work.promise);

    await jest.advanceTimersByTimeAsync(3500);
    expect(touch).toHaveBeenCalledTimes(3);
    work.resolve();
    await run;
    await jest.advanceTimersByTimeAsync(5000);

    expect(touch).toHaveBeenCalledTimes(3);
  });

  test('is not over before its last word has been written', async () => {
    const written = Promise.withResolvers<void>();
    const work = Promise.withResolvers<void>();
    let over = false;
    const run = keepAlive({ touch: () => written.promise }, 1000, () => work.promise).then(() => {
      over = true;
    });
    await jest.advanceTimersByTimeAsync(1500);

    work.resolve();
    await jest.advanceTimersByTimeAsync(0);
    expect(over).toBe(false);
    written.resolve();
    await run;
    expect(over).toBe(true);
  });

  test('goes on when its word could not be written, and fails only when its work fails', async () => {
    const touch = jest.fn(() => Promise.reject(new Error('database is away')));
    const work = Promise.withResolvers<void>();
    const run = keepAlive({ touch }, 1000, () => work.promise);
    await jest.advanceTimersByTimeAsync(2500);
    expect(touch).toHaveBeenCalledTimes(2);
    work.resolve();
    await run;

    await expect(keepAlive({ touch }, 1000, () => Promise.reject(new Error('work failed')))).rejects.toThrow(
      'work failed',
    );
  });
});
