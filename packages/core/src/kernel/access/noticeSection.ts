import { aboutSection } from '../notice/aboutSections.ts';
import type { ReportSection } from './accessReport.ts';
import type { ReportTeller } from './reportTeller.ts';

/** What the notice says of itself, such as how its changes are made known. */
export function noticeSection(teller: ReportTeller): ReportSection {
  const { id, statements } = aboutSection(teller);
  return {
    id,
    heading: teller.tell('heading.notice'),
    statements: statements.map(({ rule, clauses, text }) => ({ rule, clauses, text })),
  };
}
