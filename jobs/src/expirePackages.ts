import type { Job } from './job.ts';

/** Destroys the packages whose time is over, and what was begun and is made by nobody any more. */
export const expirePackages: Job = {
  name: 'packages.expire',
  every: '1 hour',
  run: (kept) => kept.packages.expire(),
};
