import type { RunningJob } from './scheduler.ts';

/** Does the work and says meanwhile, every so many milliseconds, that the run lives. Nothing is said any more once it ended. */
export async function keepAlive(job: RunningJob, beat: number, work: () => Promise<unknown>): Promise<void> {
  let said: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    said = said.then(() => job.touch()).catch(() => undefined);
  }, beat);
  timer.unref();
  try {
    await work();
  } finally {
    clearInterval(timer);
    // A touch that is written after Agenda has noted the end would lock the job again.
    await said;
  }
}
