import { readFile } from 'node:fs/promises';
import type { ResidenceTable } from '../../kernel/residence/regimeFor.ts';
import { policiesDir } from './policiesDir.ts';

/** Regime by ISO 3166 code of residence, as `node scripts/residence.mjs` gathered it from the regime files. */
export async function loadResidence(): Promise<ResidenceTable> {
  return JSON.parse(await readFile(policiesDir('regimes', 'residence.json'), 'utf8')) as ResidenceTable;
}
