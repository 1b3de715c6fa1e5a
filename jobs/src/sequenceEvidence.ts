import type { Job } from './job.ts';

/** Drains events into the evidence chain. */
export const sequenceEvidence: Job = {
  name: 'evidence.sequence',
  every: '1 minute',
  run: (kept) => kept.evidence.sequence(),
};
