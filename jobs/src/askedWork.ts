import type { Decision, SubjectQuestion } from '@kept/core';

/** Work with somebody's data that waits in a queue before it runs. */
export interface AskedWork<Data> {
  /** The job's name on Agenda. */
  readonly name: string;
  readonly questionOf: (data: Data) => SubjectQuestion;
  readonly work: (data: Data) => Promise<unknown>;
}

/** What the wrapper needs of an Agenda, and of a job of its own. */
export interface Queue {
  now(name: string, data: unknown): Promise<unknown>;
}
export interface QueuedJob<Data> {
  readonly attrs: { readonly _id?: unknown; readonly data: Data; readonly lastRunAt?: Date | null };
  schedule(when: string): unknown;
}

export interface Asked<Data> {
  /** Asks, and queues the work unless the answer is a no; answers what the answer was. */
  enqueue(queue: Queue, data: Data): Promise<Decision>;
  /** Hand it to `agenda.define(name, run)`. */
  run(job: QueuedJob<Data>): Promise<void>;
}
