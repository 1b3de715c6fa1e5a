import { Temporal } from '../clock/temporal.ts';

/** Length of a period for comparing two of them, in days; a month counts 30.44, a year 365.25. Never used for dates. */
export function periodDays(period: string): number {
  const { years, months, weeks, days, hours } = Temporal.Duration.from(period);
  return years * 365.25 + months * 30.44 + weeks * 7 + days + hours / 24;
}
