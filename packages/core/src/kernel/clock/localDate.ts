import { DeadlineError } from './deadlineError.ts';
import { Temporal } from './temporal.ts';

/** Reads a calendar date written YYYY-MM-DD. Throws DATE_INVALID, naming `place`. */
export function localDate(text: string, place: string): Temporal.PlainDate {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    // Falls through: a date such as 2026-02-30 has the right shape and does not exist.
  }
  throw new DeadlineError('DATE_INVALID', `${place} is not a date of the calendar`, {
    place,
    remedy: 'Write the date as YYYY-MM-DD, such as 2026-03-31.',
  });
}

/** The local date of an instant in an IANA zone. Throws ZONE_INVALID or RECEIVED_INVALID. */
export function localDateOf(instant: Date, zone: string): Temporal.PlainDate {
  const at = inZone(instant, zone).toPlainDate();
  if (at.year >= 1 && at.year <= 9998) return at;
  throw invalidInstant();
}

/**
 * The instant that a text of the command line or of a form means: an instant with its offset, a local time in `zone`,
 * or a bare date. A bare date becomes 18:00 local, a time whose UTC date is never the earlier one, so that
 * no zone makes the clock start a day before the date that was written.
 * Throws ZONE_INVALID or RECEIVED_INVALID.
 */
export function instantOf(text: string, zone: string): Date {
  const local = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T18:00` : text;
  try {
    if (/(?:Z|[+-]\d{2}:?\d{2})$/i.test(local)) return new Date(Temporal.Instant.from(local).epochMilliseconds);
    const wall = Temporal.PlainDateTime.from(local, { overflow: 'reject' });
    checkZone(zone);
    return new Date(wall.toZonedDateTime(zone).epochMilliseconds);
  } catch (error) {
    if (error instanceof DeadlineError) throw error;
    throw invalidInstant();
  }
}

function inZone(instant: Date, zone: string): Temporal.ZonedDateTime {
  const milliseconds = instant.getTime();
  if (Number.isNaN(milliseconds)) throw invalidInstant();
  checkZone(zone);
  return Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(zone);
}

/** Fixed offsets are refused: they are wrong for half of the year. */
function checkZone(zone: string): void {
  try {
    if (/^[A-Za-z]/.test(zone) && !zone.includes('[')) {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
      return;
    }
  } catch {
    // Falls through to the one answer for every zone that is none.
  }
  throw new DeadlineError('ZONE_INVALID', 'The time zone is not an IANA zone', {
    place: 'zone',
    remedy: 'Name the zone of the controller, such as Europe/Berlin.',
  });
}

function invalidInstant(): DeadlineError {
  return new DeadlineError('RECEIVED_INVALID', 'The time of receipt is not a time', {
    place: 'received',
    remedy: 'Write 2026-03-31, 2026-03-31T09:30 or 2026-03-31T07:30:00Z.',
  });
}
