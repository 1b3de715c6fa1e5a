import { personSections } from '../notice/personSections.ts';
import type { ReportSection } from './accessReport.ts';
import { asInNotice } from './asInNotice.ts';
import { plain, type ReportTeller } from './reportTeller.ts';

/** What the person may ask for, where to complain, and what they have chosen until now. */
export function rightsSections(teller: ReportTeller): ReportSection[] {
  const { facts, tell, policy, labels, count } = teller;
  const told = asInNotice(personSections(teller).find(({ id }) => id === 'rights'));
  const { address } = policy.contact;
  return [
    {
      id: 'rights',
      heading: tell('heading.rights'),
      ...told,
      ...(told.statements.length === 0 && { statements: [plain(tell('rights.statute', { address }))] }),
    },
    {
      id: 'kept',
      heading: tell('heading.kept'),
      statements: [plain(tell(facts.own.length === 0 ? 'kept.nothing' : 'kept.intro'))],
      ...(facts.own.length > 0 && {
        table: {
          head: ['what', 'held', 'file'].map((name) => tell(['kept', 'head', name])),
          rows: facts.own.map(({ file, category, records }) => ({
            clauses: [],
            cells: [
              { text: tell(['kept', 'file', nameOf(file)]) },
              { text: `${count('record', records)} (${labels.word('categories', category)})` },
              { text: file, href: file },
            ],
          })),
        },
      }),
    },
  ];
}

function nameOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.json$/, '');
}
