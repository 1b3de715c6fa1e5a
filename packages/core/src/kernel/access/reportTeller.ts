import { localDateOf } from '../clock/localDate.ts';
import type { Teller } from '../notice/noticeTeller.ts';
import type { NoticeWords } from '../notice/noticeWords.ts';
import type { AccessFacts, ReportCell, ReportLine, ReportRow } from './accessReport.ts';

/** All that a section of a report is written with; `say` says what the notice says. */
export interface ReportTeller extends Teller {
  readonly facts: AccessFacts;
  tell: NoticeWords['say'];
  /** A day in words, in the controller's zone. */
  dayOf(instant: Date): string;
  /** How many, such as "1 record" and "2 records". */
  count(what: 'record' | 'file' | 'time', n: number): string;
  line(rule: string, text: string, href?: string): ReportLine;
  rowOf(rule: string, cells: readonly ReportCell[]): ReportRow;
}

export function reportTeller(teller: Teller, words: NoticeWords, facts: AccessFacts): ReportTeller {
  const clausesOf = (rule: string): readonly string[] => teller.statement(rule, '').clauses;
  return {
    ...teller,
    facts,
    tell: words.say,
    dayOf: (instant) => teller.day(localDateOf(instant, teller.policy.controller.zone).toString()),
    count: (what, n) => words.say(['count', what, n === 1 ? 'one' : 'many'], { n: String(n) }),
    rowOf: (rule, cells) => ({ rule, clauses: clausesOf(rule), cells }),
    line: (rule, text, href) => ({ rule, text, clauses: clausesOf(rule), ...(href !== undefined && { href }) }),
  };
}

/** How much there is, such as "3 records and 1 file", without files where there are none. */
export function amountOf(records: number, files: number, { tell, count }: ReportTeller): string {
  const of = count('record', records);
  return files === 0 ? of : tell('count.both', { records: of, files: count('file', files) });
}

/** A sentence that no single rule stands behind. */
export function plain(text: string, href?: string): ReportLine {
  return { text, clauses: [], ...(href !== undefined && { href }) };
}
