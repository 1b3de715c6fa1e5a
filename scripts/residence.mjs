// Gathers the residents of all regime files into policies/regimes/residence.json: `node scripts/residence.mjs`.
import { writeFileSync } from 'node:fs';
import { loadRegimes } from '../packages/core/src/adapters/policy/loadRegime.ts';
import { residenceTable } from '../packages/core/src/kernel/residence/residenceTable.ts';

const table = residenceTable(await loadRegimes());
const file = new URL('../policies/regimes/residence.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(table, null, 2)}\n`);
console.log(`${Object.keys(table).length} residences written`);
