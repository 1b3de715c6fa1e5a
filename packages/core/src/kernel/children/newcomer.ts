import { localDate } from '../clock/localDate.ts';
import type { Temporal } from '../clock/temporal.ts';
import { KeptError } from '../keptError.ts';
import { residenceCode } from '../residence/residenceCode.ts';

/** What somebody says of themselves before they have an account. */
export interface Newcomer {
  /** YYYY-MM-DD. */
  readonly birthDate?: string;
  readonly birthYear?: number;
  /** In whole years, as declared. */
  readonly age?: number;
  /** ISO 3166, such as `DE` or `US-CA`. */
  readonly country?: string;
}

/** Older than anybody has become. */
const OLDEST = 130;

/** The code of where they live. Throws NEWCOMER_INVALID for what is nobody and for what is no code; undefined where it is not given. */
export function residenceOf(newcomer: Newcomer): string | undefined {
  if (typeof newcomer !== 'object' || newcomer === null) throw invalid('newcomer', 'Give what they say of themselves.');
  const { country } = newcomer;
  if (country === undefined) return undefined;
  const code = typeof country === 'string' ? residenceCode(country) : undefined;
  if (code === undefined) throw invalid('country', 'Give the ISO 3166 code, such as DE or US-CA.');
  return code;
}

/**
 * The youngest that somebody can be who says so, in whole years: with a year alone the birthday is still ahead, and of
 * several statements the youngest counts. Undefined where nothing is said. Throws NEWCOMER_INVALID.
 */
export function youngestAge({ birthDate, birthYear, age }: Newcomer, today: Temporal.PlainDate): number | undefined {
  const ages: number[] = [];
  if (birthDate !== undefined) ages.push(ageOn(today, birthDate));
  if (birthYear !== undefined) {
    if (!Number.isInteger(birthYear) || birthYear > today.year || birthYear < today.year - OLDEST)
      throw invalid('birthYear', 'Give the year of birth as a number of four digits.');
    ages.push(Math.max(0, today.year - birthYear - 1));
  }
  if (age !== undefined) {
    if (!Number.isInteger(age) || age < 0 || age > OLDEST) throw invalid('age', 'Give the age in whole years.');
    ages.push(age);
  }
  return ages.length === 0 ? undefined : Math.min(...ages);
}

/** Somebody born on 29 February comes of age on 1 March of other years. */
function ageOn(today: Temporal.PlainDate, birthDate: string): number {
  const remedy = 'Give the date of birth as YYYY-MM-DD.';
  if (typeof birthDate !== 'string') throw invalid('birthDate', remedy);
  const born = localDate(birthDate, 'birthDate');
  const isAhead = today.month < born.month || (today.month === born.month && today.day < born.day);
  const age = today.year - born.year - (isAhead ? 1 : 0);
  if (age < 0 || age > OLDEST) throw invalid('birthDate', remedy);
  return age;
}

function invalid(place: string, remedy: string): KeptError {
  return new KeptError('NEWCOMER_INVALID', 'This says nothing of how old somebody is or where they live', {
    place,
    remedy,
  });
}
