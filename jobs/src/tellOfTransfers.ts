import type { Job } from './job.ts';

/** Writes to the people whose data is to move with the business, so that they can object before it does. */
export const tellOfTransfers: Job = {
  name: 'transfer.advance',
  every: '1 hour',
  run: (kept) => kept.transfer.advance(),
};
