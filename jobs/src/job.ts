import type { Kept } from '@kept/core';

/** A name, a rhythm and one call. What is worth testing is in the engine; running twice is harmless there. */
export interface Job {
  readonly name: string;
  /** An interval in words, such as `6 hours`. */
  readonly every: string;
  readonly run: (kept: Kept) => Promise<unknown>;
}
