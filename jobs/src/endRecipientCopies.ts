import type { Job } from './job.ts';

/** Notes which copies that left have reached the end of the time for which their recipients keep them. */
export const endRecipientCopies: Job = {
  name: 'disclosures.expire',
  every: '1 day',
  run: (kept) => kept.disclosures.expire(),
};
