import { countryOf } from './countryOf.ts';
import { minimumAgeAt } from './minimumAgeAt.ts';

/** An age that a notice or a statute sets; with `residents`, for those who live there. */
export interface AgeRule {
  readonly minimumAge: number;
  readonly byCountry?: Readonly<Record<string, number>>;
  /** ISO 3166 codes; absent: everybody. */
  readonly residents?: readonly string[];
}

/** Stands for wherever no rule speaks of by name (a code that ISO 3166 leaves to its users). */
const ELSEWHERE = 'ZZ';

/**
 * The least ages that may hold for somebody, each once, in ascending order: of several rules the highest holds. Where only
 * the country is known, those of its states are possible too; where nothing is, those of all places.
 */
export function leastAges(residence: string | undefined, rules: readonly AgeRule[]): number[] {
  const named = rules.flatMap(({ byCountry = {}, residents = [] }) => [...Object.keys(byCountry), ...residents]);
  const possible =
    residence === undefined
      ? [ELSEWHERE, ...named]
      : [residence, ...named.filter((code) => code.startsWith(`${residence}-`))];
  const ages = possible.map((code) => Math.max(0, ...rules.map((rule) => leastAge(code, rule))));
  return [...new Set(ages)].sort((a, b) => a - b);
}

function leastAge(code: string, { minimumAge, byCountry = {}, residents }: AgeRule): number {
  const holds = residents === undefined || residents.includes(code) || residents.includes(countryOf(code));
  return holds ? minimumAgeAt(code, { minimumAge, byCountry }) : 0;
}
