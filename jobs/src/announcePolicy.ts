import type { Job } from './job.ts';

/** Makes a changed policy active when its time has come, and writes to the people about it. */
export const announcePolicy: Job = {
  name: 'policies.advance',
  every: '10 minutes',
  run: (kept) => kept.policies.advance(),
};
