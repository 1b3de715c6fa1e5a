import type { Job } from './job.ts';

/** Tells recipients what became of the data that they got, and turns to staff where they stay silent. */
export const tellRecipients: Job = {
  name: 'notifications.advance',
  every: '1 minute',
  run: (kept) => kept.notifications.advance(),
};
