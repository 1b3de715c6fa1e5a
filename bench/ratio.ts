/** One contender: does its work once and answers how many units that were. */
export interface Contender {
  readonly name: string;
  /** Done before each run and not timed. */
  prepare?(): Promise<unknown>;
  run(): number | Promise<number>;
}

const ROUNDS = 5;

/**
 * Runs the contenders interleaved, so that whatever else the machine does hits all of them, and prints the median speed of
 * each as a ratio to the first. Only the ratios carry over to other machines.
 */
export async function compare(title: string, unit: string, contenders: readonly Contender[]): Promise<void> {
  const speeds = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (const { prepare, run } of contenders) {
    await prepare?.();
    await run();
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, prepare, run } of contenders) {
      await prepare?.();
      const started = performance.now();
      const units = await run();
      speeds.get(name)?.push((units / (performance.now() - started)) * 1000);
    }
  }
  const medians = contenders.map(({ name }) => ({ name, speed: median(speeds.get(name) ?? []) }));
  const first = medians[0]?.speed ?? 1;
  process.stdout.write(`\n${title}\n`);
  for (const { name, speed } of medians) {
    const ratio = (speed / first).toFixed(2).padStart(7);
    process.stdout.write(`  ${name.padEnd(44)} ${readable(speed).padStart(9)} ${unit}/s ${ratio}x\n`);
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function readable(speed: number): string {
  if (speed >= 1e6) return `${(speed / 1e6).toFixed(1)} M`;
  if (speed >= 1e3) return `${(speed / 1e3).toFixed(1)} k`;
  return speed.toFixed(1);
}
