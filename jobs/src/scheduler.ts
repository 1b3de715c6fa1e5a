/** The part of Agenda that the jobs rely on. */
export interface Scheduler {
  define(
    name: string,
    run: (job: RunningJob) => Promise<void>,
    options: { concurrency: number; lockLimit: number; lockLifetime: number },
  ): void;
  every(interval: string, name: string): Promise<unknown>;
}

export interface RunningJob {
  /** Says that the run still lives, so that no other worker takes the job over. */
  touch(): Promise<void>;
}
