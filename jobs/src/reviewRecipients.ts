import type { Job } from './job.ts';

/** Says in time that an agreement with a recipient ends: from its end on, nothing goes there any more. */
export const reviewRecipients: Job = {
  name: 'recipients.review',
  every: '1 day',
  run: (kept) => kept.recipients.review(),
};
