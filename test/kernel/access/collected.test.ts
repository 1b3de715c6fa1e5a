import { expect, test } from '@jest/globals';
import { loadNotice, loadPack } from '@kept/core';
import { loadRegime } from '../../../packages/core/src/adapters/policy/loadRegime.ts';
import { reportPages } from '../../../packages/core/src/adapters/report/reportPages.ts';
import { composeReport } from '../../../packages/core/src/kernel/access/composeReport.ts';
import { noticeLabels } from '../../../packages/core/src/kernel/notice/noticeLabels.ts';
import { composeRopa } from '../../../packages/core/src/kernel/ropa/composeRopa.ts';

/** What is collected, of which nothing is promised but that it is said. */
const facts = [
  'seedance25.collects.usage-billing',
  'sdance-ai.collects.account',
  'sdance-ai.collects.uploads',
  'sdance-ai.collects.outputs',
  'sdance-ai.collects.device',
  'sdance-ai.collects.usage',
  'sdance-ai.collects.logs',
  'seedance-api.collects.account',
  'seedance-api.collects.generation',
  'seedance-api.collects.performance',
  'seedream4.collects.device',
  'stripe-paypal-studio.collects.account',
  'stripe-paypal-studio.collects.prompts',
  'stripe-paypal-studio.collects.technical',
];

test.each(facts)('%s: the notice, the register of processing and the access report say it', async (clause) => {
  const pack = clause.slice(0, clause.indexOf('.'));
  const policy = await loadPack(pack);
  const law = await loadRegime(policy.controller.regime);
  const now = new Date('2026-03-03T08:00:00Z');
  const nothing = { receivedAt: now, at: now, held: [], own: [], received: [], consents: [], traits: {}, owner: {} };
  const report = composeReport(policy, law, await reportPages().words('en'), noticeLabels(policy), nothing);
  const notice = await loadNotice(pack, 'en');

  const said = [notice, report].map(({ sections }) =>
    sections
      .flatMap(({ statements, table }) => [...statements, ...(table?.rows ?? [])])
      .flatMap(({ clauses }) => clauses),
  );
  const { activities } = composeRopa(policy);
  for (const clauses of [...said, activities.flatMap((each) => each.clauses)]) expect(clauses).toContain(clause);

  // And each category behind it by its name, with its source, in the report.
  const rules = policy.clauses.find(({ id }) => id === clause)?.keptBy.filter((rule) => rule.startsWith('categories.'));
  const rows = report.sections.find(({ id }) => id === 'data')?.table?.rows ?? [];
  expect(rules?.length).toBeGreaterThan(0);
  for (const rule of rules ?? []) expect(rows.map((row) => row.rule)).toContain(rule);
});
