import { KeptError } from '../kernel/keptError.ts';

/** What part of a list is asked for: how many to pass over, how many to show, and between which instants. */
export interface AskedPage {
  readonly skip: unknown;
  readonly limit: unknown;
  readonly instants?: Readonly<Record<string, unknown>>;
}

/** Refuses what is no such part: a limit of 0 or of no number would mean all. Throws INPUT_INVALID. */
export function demandPage({ skip, limit, instants = {} }: AskedPage): void {
  demandCount('skip', skip, 0);
  demandCount('limit', limit, 1);
  for (const [place, value] of Object.entries(instants)) {
    if (value === undefined || (value instanceof Date && !Number.isNaN(value.getTime()))) continue;
    throw unusable(place, 'Give a Date, or leave it out.');
  }
}

function demandCount(place: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && Number(value) >= least) return;
  throw unusable(place, `Give a whole number, ${least} or more.`);
}

function unusable(place: string, remedy: string): KeptError {
  return new KeptError('INPUT_INVALID', `There is no usable ${place}`, { place, remedy });
}
