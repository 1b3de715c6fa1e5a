import type { Regime } from '../clock/regime.ts';
import { KeptError } from '../keptError.ts';
import type { ResidenceTable } from './regimeFor.ts';

/** Gathers which law protects whom, sorted by code. Throws REGIME_INVALID where two laws name the same people. */
export function residenceTable(regimes: readonly Pick<Regime, 'id' | 'residents'>[]): ResidenceTable {
  const claims = regimes.flatMap(({ id, residents }) => residents.map((code) => ({ id, code })));
  const twice = claims.filter(({ code }, index) => claims.findIndex((other) => other.code === code) !== index);
  if (twice.length === 0) {
    return Object.fromEntries(claims.map(({ id, code }) => [code, id] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  throw new KeptError('REGIME_INVALID', 'Two regimes name the same residents', {
    place: twice.map(({ id, code }) => `regimes/${id}.yaml, residents ${code}`).join('; '),
    remedy: 'Leave each code in one file; a state such as US-CA comes before its country.',
  });
}
