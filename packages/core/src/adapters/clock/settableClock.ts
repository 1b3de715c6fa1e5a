import { performance } from 'node:perf_hooks';
import type { Clock } from '../../engine/ports/edges.ts';
import { KeptError } from '../../kernel/keptError.ts';

export interface SettableClock extends Clock {
  /** Goes to that instant. Throws CLOCK_BACKWARDS for an earlier one. */
  set(at: Date): void;
  /** Goes forward by exact durations (a day is 24 hours) and answers the new time. */
  forward(duration: Duration): Date;
}

export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/**
 * A clock for tests, where it stands still, and for demos, where it runs on (`running`) from the instant it was set to.
 * Throws CLOCK_REFUSED in production: deadlines and retention must not hang on a clock that somebody can turn.
 */
export function settableClock(start: Date = new Date(), options: { running?: boolean } = {}): SettableClock {
  if (process.env.NODE_ENV === 'production')
    throw new KeptError('CLOCK_REFUSED', 'A clock that can be set is not for production.', {
      place: 'clock',
      remedy: 'Leave the clock out of the options, or unset NODE_ENV=production.',
    });
  let base = valid(start.getTime());
  let since = performance.now();
  const read = () => base + (options.running ? Math.floor(performance.now() - since) : 0);
  const goTo = (time: number) => {
    if (valid(time) < read())
      throw new KeptError('CLOCK_BACKWARDS', 'Time does not go back.', {
        place: 'clock',
        remedy: 'Set the clock to the same or a later instant, or begin with a new clock.',
      });
    base = time;
    since = performance.now();
  };
  return {
    now: () => new Date(read()),
    set: (at) => goTo(at.getTime()),
    forward({ days = 0, hours = 0, minutes = 0, seconds = 0 }) {
      goTo(read() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
      return new Date(base);
    },
  };
}

function valid(time: number): number {
  if (!Number.isNaN(new Date(time).getTime())) return time;
  throw new KeptError('CLOCK_INVALID', 'That is no instant.', { place: 'clock', remedy: 'Give a valid Date.' });
}
