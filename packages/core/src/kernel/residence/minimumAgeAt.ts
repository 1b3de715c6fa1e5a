import { countryOf } from './countryOf.ts';

/** The least age at a residence: that of the state, else of the country, else of everywhere. */
export function minimumAgeAt(
  residence: string,
  { minimumAge, byCountry }: { readonly minimumAge: number; readonly byCountry: Readonly<Record<string, number>> },
): number {
  return byCountry[residence] ?? byCountry[countryOf(residence)] ?? minimumAge;
}
