/** The country of a residence: `US` of `US-CA` (ISO 3166-2), and of `US` itself. */
export function countryOf(residence: string): string {
  return residence.slice(0, 2);
}
