import { Temporal } from '../clock/temporal.ts';
import { insteadOf } from './nearestWord.ts';
import { periodDays } from './periodDays.ts';
import type { Shape } from './shape.ts';
import { mistake } from './spot.ts';

export const text: Shape<string> = (value, spot) =>
  typeof value === 'string' && value.trim() !== ''
    ? value
    : mistake(spot, 'WRONG_SHAPE', 'a text is expected here', 'write it in quotes');

export const flag: Shape<boolean> = (value, spot) =>
  typeof value === 'boolean'
    ? value
    : mistake(spot, 'WRONG_SHAPE', 'true or false is expected here', 'write true or false, without quotes');

export const count: Shape<number> = (value, spot) =>
  Number.isInteger(value) && (value as number) >= 0
    ? (value as number)
    : mistake(spot, 'WRONG_SHAPE', 'a whole number is expected here', 'write it in digits, without quotes or unit');

export const scalar: Shape<string | number | boolean> = (value, spot) =>
  ['string', 'number', 'boolean'].includes(typeof value)
    ? (value as string | number | boolean)
    : mistake(spot, 'WRONG_SHAPE', 'a text, a number, true or false is expected here', 'write a single value');

export const country: Shape<string> = (value, spot) =>
  typeof value === 'string' && /^[A-Z]{2}$/.test(value)
    ? value
    : mistake(
        spot,
        'WRONG_SHAPE',
        'a country is expected here',
        'write its ISO 3166 code, such as DE (in quotes: "NO")',
      );

export const residence: Shape<string> = (value, spot) =>
  typeof value === 'string' && /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(value)
    ? value
    : mistake(
        spot,
        'WRONG_SHAPE',
        'a country, or a state of one, is expected here',
        'write its ISO 3166 code, such as DE or CA-QC (in quotes: "NO")',
      );

export const day: Shape<string> = (value, spot) => {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    try {
      return Temporal.PlainDate.from(value, { overflow: 'reject' }).toString();
    } catch {
      return mistake(
        spot,
        'WRONG_DATE',
        `${value} is no day of the calendar`,
        'write a day that exists, as YYYY-MM-DD',
      );
    }
  }
  return mistake(spot, 'WRONG_DATE', 'a day is expected here', 'write it as YYYY-MM-DD');
};

export const zone: Shape<string> = (value, spot) => {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(String(value)).timeZoneId;
  } catch {
    return mistake(spot, 'WRONG_SHAPE', 'a time zone is expected here', 'write its IANA name, such as Europe/Berlin');
  }
};

/** What was written, as a message quotes it; a list or a mapping by its kind, since all of it would be too long. */
function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return `"${String(value)}"`;
  return Array.isArray(value) ? '(a list)' : '(a mapping)';
}

const units: Readonly<Record<string, string>> = { hour: 'H', day: 'D', week: 'W', month: 'M', year: 'Y' };

const MOST_YEARS = 200;

/** More digits than seven are too many for Temporal itself. */
function isEndless(period: string): boolean {
  return /\d{8}/.test(period) || periodDays(period) > MOST_YEARS * 365.25;
}

/** An ISO 8601 period such as P30D, of 200 years at most. Years and months do not mix with hours. */
export const period: Shape<string> = (value, spot) => {
  if (
    typeof value === 'string' &&
    /^P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$|^P(\d+D)?T(?=\d)(\d+H)?(\d+M)?$/.test(value)
  ) {
    if (!isEndless(value)) return value;
    return mistake(
      spot,
      'WRONG_PERIOD',
      `"${value}" is longer than ${MOST_YEARS} years: no date can hold its end`,
      `write P${MOST_YEARS}Y or less`,
    );
  }
  const spoken = /^P?(\d+)\s*(hour|h|day|d|week|w|month|year|y)s?$/i.exec(String(value).trim());
  const unit = units[spoken?.[2]?.toLowerCase() ?? ''] ?? spoken?.[2]?.toUpperCase();
  const written = unit === 'H' ? `PT${spoken?.[1]}H` : `P${spoken?.[1]}${unit}`;
  const remedy = unit === undefined ? 'write an ISO 8601 period, such as P30D, P6M or P8Y' : `write ${written}`;
  return mistake(spot, 'WRONG_PERIOD', `${shown(value)} is no period`, remedy);
};

export function oneOf<const T extends string>(...allowed: readonly T[]): Shape<T> {
  return (value, spot) =>
    allowed.includes(value as T)
      ? (value as T)
      : mistake(spot, 'WRONG_SHAPE', `${shown(value)} is not possible here`, insteadOf(String(value), allowed));
}

/** One of the words that are known, called `what` in messages. */
export function wordOf(what: string, known: readonly string[]): Shape<string> {
  return (value, spot) =>
    typeof value === 'string' && known.includes(value)
      ? value
      : mistake(spot, 'UNKNOWN_WORD', `unknown ${what} ${shown(value)}`, insteadOf(String(value), known));
}

export const origin: Shape<'notice' | 'statute' | 'operator'> = oneOf('notice', 'statute', 'operator');
