import type { Job } from './job.ts';

/** Reads the mail that is stored and opens tickets and requests. */
export const workMail: Job = {
  name: 'mail.work',
  every: '1 minute',
  run: (kept) => kept.mail.work(),
};
