import type { Job } from './job.ts';

/** Says which reviews of access and assessments of vulnerabilities are overdue. */
export const checkReviews: Job = {
  name: 'reviews.check',
  every: '1 day',
  run: (kept) => kept.reviews.check(),
};
