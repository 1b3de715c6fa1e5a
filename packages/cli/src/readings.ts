import { instantOf } from '@kept/core';
import { WrongQuestion } from './wrongQuestion.ts';

/** An instant of the command line; a bare date is its evening in `zone`. Throws WrongQuestion, naming the option. */
export function instantIn(text: string, zone: string, option: string): Date {
  try {
    return instantOf(text, zone);
  } catch (error) {
    if ((error as { code?: string }).code === 'ZONE_INVALID') throw error;
    throw new WrongQuestion(
      `"${text}" is not a time`,
      option,
      'write 2026-03-31, 2026-03-31T09:30 or 2026-03-31T07:30:00Z',
    );
  }
}

/** An instant of the command line; a bare date is its first moment in `zone`: what was said on a day holds on that day. */
export function beginningIn(text: string, zone: string, option: string): Date {
  const instant = instantIn(text, zone, option);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? instantOf(`${text}T00:00`, zone) : instant;
}

export function wholeNumber(text: string, option: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new WrongQuestion(`"${text}" is not a whole number from ${least} to ${most}`, option, `write ${option} 16`);
}

/** An ISO 3166 country in capitals, with its state where there is one, such as US-CA. */
export function residenceOf(text: string, option: string): string {
  const code = text.toUpperCase();
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const [country = '', state] = code.split('-', 2);
  const isState = state === undefined || /^[A-Z0-9]{1,3}$/.test(state);
  if (/^[A-Z]{2}$/.test(country) && isState && country !== 'ZZ' && names.of(country) !== undefined) return code;
  throw new WrongQuestion(`"${text}" is no country`, option, 'write its code after ISO 3166, such as DE or US-CA');
}

/** One of a few words. */
export async function oneOf<T extends string>(
  text: string,
  words: readonly T[],
  what: string,
  option: string,
): Promise<T> {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  const { insteadOf } = await import('@kept/core');
  throw new WrongQuestion(`There is no ${what} "${text}"`, option, insteadOf(text, words));
}
