import { stringify } from 'csv-stringify/sync';
import type { Policy } from '../../kernel/policy/policy.ts';
import { composeRopa } from '../../kernel/ropa/composeRopa.ts';
import { ropaJsonld } from '../../kernel/ropa/ropaJsonld.ts';
import { ropaColumns, ropaRows } from '../../kernel/ropa/ropaRows.ts';

export type RopaFormat = 'csv' | 'jsonld';

/** Writes the record of processing activities of a policy (Art 30(1) GDPR): a table, or JSON-LD with W3C DPV terms. */
export function renderRopa(policy: Policy, format: RopaFormat): string {
  const ropa = composeRopa(policy);
  if (format === 'jsonld') return `${JSON.stringify(ropaJsonld(ropa, policy), null, 2)}\n`;
  // A cell that begins like a formula would be one to a spreadsheet.
  return stringify(ropaRows(ropa, policy), { header: true, columns: [...ropaColumns], escape_formulas: true });
}
