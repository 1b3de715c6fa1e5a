import type { Job } from './job.ts';

/** Looks through everything that is stored for what no gate let in: card numbers, secrets, fields without a category. */
export const scanDatabase: Job = {
  name: 'scan.run',
  every: '7 days',
  run: (kept) => kept.scan.run(),
};
