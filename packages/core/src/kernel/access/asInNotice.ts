import type { NoticeSection } from '../notice/noticeDocument.ts';
import type { ReportSection } from './accessReport.ts';

/** What a section of the notice says, as a report says it: a table without rows is left out. */
export function asInNotice(section: NoticeSection | undefined): Pick<ReportSection, 'statements' | 'table'> {
  const { statements = [], table } = section ?? {};
  return {
    statements: statements.map(({ rule, clauses, text }) => ({ rule, clauses, text })),
    ...(table &&
      table.rows.length > 0 && {
        table: {
          head: table.head,
          rows: table.rows.map(({ rule, clauses, cells }) => ({
            rule,
            clauses,
            cells: cells.map((text) => ({ text, fromPolicy: true as const })),
          })),
        },
      }),
  };
}
