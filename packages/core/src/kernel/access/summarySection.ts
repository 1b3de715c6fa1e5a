import type { ReportSection } from './accessReport.ts';
import { amountOf, plain, type ReportTeller } from './reportTeller.ts';

/** What somebody wants to know first: whether there is anything, how much, who has it too, and what they can do. */
export function summarySection(teller: ReportTeller): ReportSection {
  const { facts, policy, tell, labels } = teller;
  const { held, own, received } = facts;
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  const records = sum([...held, ...own].map((each) => each.records));
  const files = sum(held.map((each) => each.files));
  const names = received.map(({ recipient }) => {
    const listed = policy.recipients.find(({ name }) => name === recipient);
    return labels.name(`recipients.${recipient}`, listed?.label ?? recipient);
  });
  return {
    id: 'summary',
    heading: tell('heading.summary'),
    statements: [
      plain(records === 0 ? tell('summary.nothing') : tell('summary.held', { held: amountOf(records, files, teller) })),
      plain(names.length === 0 ? tell('summary.nobody') : tell('summary.received', { names: names.join(', ') })),
      plain(tell('summary.rights', { address: policy.contact.address })),
    ],
  };
}
