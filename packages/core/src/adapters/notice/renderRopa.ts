import { noticeLabels } from '../../kernel/notice/noticeLabels.ts';
import { noticeTeller } from '../../kernel/notice/noticeTeller.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { composeRopa } from '../../kernel/ropa/composeRopa.ts';
import { ropaJsonld } from '../../kernel/ropa/ropaJsonld.ts';
import { ropaColumns, ropaRows } from '../../kernel/ropa/ropaRows.ts';
import { loadRegime } from '../policy/loadRegime.ts';
import { loadNoticeWords } from './loadNotice.ts';

export type RopaFormat = 'csv' | 'jsonld';

/**
 * Writes the record of processing activities of a policy (Art 30(1) GDPR): a table in English, or JSON-LD that names terms
 * of W3C DPV 2.3 and expands without a network. Both are made of the rules that the engine works by.
 */
export async function renderRopa(policy: Policy, format: RopaFormat): Promise<string> {
  const ropa = composeRopa(policy);
  if (format === 'jsonld') return `${JSON.stringify(ropaJsonld(ropa, policy), null, 2)}\n`;
  const [words, regime] = await Promise.all([loadNoticeWords('en'), loadRegime(policy.controller.regime)]);
  const teller = noticeTeller(policy, regime, words, noticeLabels(policy));
  const { stringify } = await import('csv-stringify/sync');
  // A cell that begins like a formula would be one to a spreadsheet.
  return stringify([[...ropaColumns], ...ropaRows(ropa, teller)], { escape_formulas: true });
}
