import type { Kept } from '@kept/core';
import { jobs } from './jobs.ts';
import { keepAlive } from './keepAlive.ts';
import type { Scheduler } from './scheduler.ts';

/** After this a silent run counts as dead and another worker takes over; a living one speaks four times as often. */
const LIFETIME = 120_000;
const ONE_AT_A_TIME = { concurrency: 1, lockLimit: 1, lockLifetime: LIFETIME };

/**
 * Defines every job and its rhythm on an Agenda that the host starts and stops. Names carry the service
 * (`sdance-ai retention.sweep`), so that several services may share one Agenda database. Registering again changes nothing.
 */
export async function registerJobs(agenda: Scheduler, kept: Kept): Promise<void> {
  for (const { name, every, run } of jobs) {
    const unique = `${kept.service} ${name}`;
    agenda.define(unique, (job) => keepAlive(job, LIFETIME / 4, () => run(kept)), ONE_AT_A_TIME);
    await agenda.every(every, unique);
  }
}
