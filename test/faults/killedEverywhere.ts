import { expect } from '@jest/globals';
import boundaries from './boundaries.json' with { type: 'json' };
import { type Life, life } from './mortal.ts';

/** Unset: a spread of the boundaries. `all`: every one, and their list is printed. A number: that one. */
const WISH = process.env.KEPT_FAULTS;
const SAMPLE = 4;

/** How long a story may take, in milliseconds: some cross hundreds of boundaries. */
export const PATIENCE_MS: number = WISH === 'all' ? 2 * 3_600_000 : 300_000;

export interface Calm<Outcome> {
  /** How the story ends when nobody dies. */
  readonly outcome: Outcome;
  /** Lives the story again and dies after one effect after another: the end must be the same. */
  killedEverywhere(): Promise<void>;
}

/**
 * Lives a story once in peace and looks at the boundaries that it crosses: their names must be those listed for it, so that a
 * new effect of an executor does not stay unknown, and one that is not reached any more does not stay listed. `turn` counts
 * the lives, for stories in which something happens meanwhile in every other one.
 */
export async function calmly<Outcome extends object>(
  story: keyof typeof boundaries,
  run: (mortal: Life, turn: number) => Promise<Outcome>,
  sample: number = SAMPLE,
): Promise<Calm<Outcome>> {
  const counted = life();
  const outcome = await run(counted, 0);
  const { calls } = counted;
  if (WISH === 'all') process.stderr.write(`${story}\n${calls.map((call, at) => `  ${at + 1} ${call}`).join('\n')}\n`);
  expect([...new Set(calls)].sort()).toEqual([...boundaries[story]].sort());

  return {
    outcome,
    async killedEverywhere() {
      for (const [turn, n] of pointsOf(calls.length, sample).entries()) {
        const where = `killed after effect ${n} of ${calls.length}: ${calls[n - 1] ?? 'none'}`;
        expect({ where, ...(await run(life(n), turn)) }).toEqual({ where, ...outcome });
      }
    },
  };
}

function pointsOf(count: number, sample: number): number[] {
  if (WISH === 'all') return Array.from({ length: count + 1 }, (_, n) => n);
  if (WISH !== undefined) return [Number(WISH)].filter((n) => n <= count);
  return Array.from({ length: sample }, (_, n) => Math.round(((n + 0.5) * count) / sample));
}
