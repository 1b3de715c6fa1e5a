import type { AccessReport } from '../../kernel/access/accessReport.ts';
import type { NoticeWords } from '../../kernel/notice/noticeWords.ts';

/** Writes what a person gets of their data in a form that people and programs read. Adapter: `adapters/report/reportPages`. */
export interface ReportWriter {
  /** The sentences of reports in a language, and in English where there are none in it. */
  words(language: string): Promise<ReportWords>;
  /** A page that needs nothing beside it: no scripts, nothing remote, every value escaped. */
  page(report: AccessReport): Promise<string>;
  /** Lines of CSV (RFC 4180); a text that begins like a formula does not begin like one there. */
  csv(rows: readonly (readonly unknown[])[]): string;
}

export interface ReportWords {
  readonly notice: NoticeWords;
  readonly report: NoticeWords;
}
