import type { Job } from './job.ts';

/** Reminds staff of dates that come near or have passed. */
export const sendReminders: Job = {
  name: 'reminders.send',
  every: '12 hours',
  run: (kept) => kept.reminders.send(),
};
