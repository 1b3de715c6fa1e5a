import { performance } from 'node:perf_hooks';

/** Begins to measure; the answer tells the whole milliseconds since. Not moved by a clock that somebody sets. */
export function stopwatch(): () => number {
  const started = performance.now();
  return () => Math.round(performance.now() - started);
}
