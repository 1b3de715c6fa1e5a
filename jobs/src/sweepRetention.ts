import type { Job } from './job.ts';

/** Erases what has reached its term; retention rules plan with this rhythm, so that no ceiling is ever passed. */
export const sweepRetention: Job = {
  name: 'retention.sweep',
  every: '6 hours',
  run: (kept) => kept.retention.sweep(),
};
