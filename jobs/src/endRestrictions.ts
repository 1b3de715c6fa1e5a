import type { Job } from './job.ts';

/** Ends the restrictions whose people have been told of it. */
export const endRestrictions: Job = {
  name: 'restrictions.advance',
  every: '10 minutes',
  run: (kept) => kept.restrictions.advance(),
};
