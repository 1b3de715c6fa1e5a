import type { Clock } from '@kept/core';

/** All that a command has of the world, so that it can be tested as a function. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether people look at the output on a terminal that shows colours. */
  readonly colour: boolean;
  /** The system's where absent. */
  readonly clock?: Clock;
  out(text: string): void;
  err(text: string): void;
  /** Everything on standard input; undefined where a person sits there and nothing was handed in. */
  stdin(): Promise<Uint8Array | undefined>;
  /** Settles once the process is asked to end. */
  stopped(): Promise<void>;
}
