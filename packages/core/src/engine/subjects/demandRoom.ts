import { KeptError } from '../../kernel/keptError.ts';

/** A document of the database holds four times as many. */
const MOST_WORDS = 20_000;

/**
 * A history that somebody has filled by going back and forth takes no further yes, so that there is always room for a no.
 * @throws KeptError HISTORY_REFUSED
 */
export function demandRoom(events: readonly unknown[], isNo: boolean): void {
  if (isNo || events.length < MOST_WORDS) return;
  throw new KeptError('HISTORY_REFUSED', `More than ${MOST_WORDS} choices of one person are on record`, {
    place: 'history of choices',
    remedy: 'Find out what makes choices for them; what they refuse is still taken down.',
  });
}
