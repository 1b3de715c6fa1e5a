import type { ConsentEvent } from '../decision.ts';

export interface ConsentState {
  readonly inForce: boolean;
  /** When the state began; absent where nothing was ever said. */
  readonly since?: Date;
  readonly because: string;
}

/**
 * Whether a consent stands at `now`, from its history in any order. What lies in the future has not happened; of two
 * statements at one instant the withdrawal wins (Art 7(3) GDPR).
 */
export function consentInForce(history: readonly ConsentEvent[], flag: string, now: Date): ConsentState {
  const past = history.filter((event) => event.flag === flag && event.at <= now);
  const last = past.reduce<ConsentEvent | undefined>(
    (latest, event) => (latest !== undefined && outlives(latest, event) ? latest : event),
    undefined,
  );
  if (last === undefined) return { inForce: false, because: `${flag} was never given` };

  if (last.what === 'withdrawn')
    return { inForce: false, since: last.at, because: `${flag} was withdrawn at ${last.at.toISOString()}` };
  const start = past
    .filter((event) => event.what === 'withdrawn')
    .reduce((time, event) => Math.max(time, event.at.getTime()), Number.NEGATIVE_INFINITY);
  const since = past
    .filter((event) => event.what === 'given' && event.at.getTime() > start)
    .reduce((first, event) => (event.at < first ? event.at : first), last.at);
  return { inForce: true, since, because: `${flag} was given at ${since.toISOString()}` };
}

function outlives(latest: ConsentEvent, event: ConsentEvent): boolean {
  const difference = latest.at.getTime() - event.at.getTime();
  return difference > 0 || (difference === 0 && latest.what === 'withdrawn');
}
