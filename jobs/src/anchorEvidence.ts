import type { Job } from './job.ts';

/** Writes the signed head of the chain outside the database. */
export const anchorEvidence: Job = {
  name: 'evidence.anchor',
  every: '1 hour',
  run: (kept) => kept.evidence.anchor(),
};
