import type { Kept, settableClock } from '@kept/core';
import { jobs } from '@kept/jobs';

const HOUR_MS = 3_600_000;
const STEP_MS = 6 * HOUR_MS;
const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: HOUR_MS, day: 24 * HOUR_MS };

/**
 * Sets the clock forward as time would have passed: in steps of a quarter of a day, each job running whenever its rhythm
 * comes round (those of minutes once a step), so that nothing that was due on the way is skipped.
 */
export async function walkClock(
  kept: Kept,
  clock: ReturnType<typeof settableClock>,
  days: number,
  afterStep: () => Promise<void> = async () => {},
): Promise<void> {
  const until = clock.now().getTime() + days * 24 * HOUR_MS;
  const lastRun = new Map<string, number>();
  while (clock.now().getTime() < until) {
    clock.set(new Date(Math.min(clock.now().getTime() + STEP_MS, until)));
    const now = clock.now().getTime();
    for (const { name, every, run } of jobs) {
      if (now - (lastRun.get(name) ?? 0) < rhythmMs(every)) continue;
      lastRun.set(name, now);
      await run(kept);
    }
    await afterStep();
  }
}

/** Runs every job once, now. */
export async function runJobs(kept: Kept): Promise<void> {
  for (const { run } of jobs) await run(kept);
}

function rhythmMs(every: string): number {
  const [, count, unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(every) ?? [];
  const ms = UNIT_MS[unit];
  if (!ms) throw new RangeError(`Unknown rhythm: ${every}`);
  return Number(count) * ms;
}
