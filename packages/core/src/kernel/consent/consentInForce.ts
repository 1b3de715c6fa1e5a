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
  const past = history.filter((event) => event.flag === flag && event.at <= now).sort(byTime);
  const last = past.at(-1);
  if (last === undefined) return { inForce: false, because: `${flag} was never given` };
  if (last.what === 'withdrawn') {
    return { inForce: false, since: last.at, because: `${flag} was withdrawn` };
  }

  const since = past[past.findLastIndex((event) => event.what === 'withdrawn') + 1]?.at ?? last.at;
  return { inForce: true, since, because: `${flag} was given` };
}

function byTime(a: ConsentEvent, b: ConsentEvent): number {
  return a.at.getTime() - b.at.getTime() || Number(a.what === 'withdrawn') - Number(b.what === 'withdrawn');
}
