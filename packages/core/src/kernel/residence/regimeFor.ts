import { countryOf } from './countryOf.ts';
import { residenceCode } from './residenceCode.ts';

/** Regime by code of residence: ISO 3166-1, or 3166-2 where a state has a law of its own. */
export type ResidenceTable = Readonly<Record<string, string>>;

/** The regime that a residence leads to: a state's own before the country's; the fallback where neither is known. */
export function regimeFor(residence: string | undefined, table: ResidenceTable, fallback: string): string {
  const code = residenceCode(residence);
  if (code === undefined) return fallback;
  return lawOf(code, table) ?? lawOf(countryOf(code), table) ?? fallback;
}

function lawOf(code: string, table: ResidenceTable): string | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
