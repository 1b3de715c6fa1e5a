export { askedAgain } from './askedAgain.ts';
export type * from './askedWork.ts';
export type { Job } from './job.ts';
export { jobs } from './jobs.ts';
export { registerJobs } from './registerJobs.ts';
export type { Scheduler } from './scheduler.ts';
