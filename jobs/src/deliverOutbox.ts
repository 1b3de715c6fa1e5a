import type { Job } from './job.ts';

/** Sends the letters that are due. */
export const deliverOutbox: Job = {
  name: 'outbox.deliver',
  every: '1 minute',
  run: (kept) => kept.outbox.deliver(),
};
