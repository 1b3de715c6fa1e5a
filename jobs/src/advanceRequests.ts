import type { Job } from './job.ts';

/** Takes every open request as far as it goes without a person. */
export const advanceRequests: Job = {
  name: 'requests.advance',
  every: '1 minute',
  run: (kept) => kept.requests.advance(),
};
