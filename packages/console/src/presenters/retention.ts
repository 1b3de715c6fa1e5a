import type { Policy, Run, SweepCount, SweepReport } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import { counted, type When } from './dates.ts';
import type { Desk } from './desk.ts';
import { presentOrigin, presentTerm } from './term.ts';

/** How many sweeps stand on a page. */
export const PAGE_SIZE = 20;

interface RuleRow {
  readonly id: string;
  readonly covers: string;
  readonly clause: string;
  readonly term: string;
  readonly origin: string;
  readonly mode: Chip;
  readonly last: When | undefined;
  /** Why there is no last sweep. */
  readonly noLast: string;
  readonly due: { readonly count: string; readonly held: string | undefined } | undefined;
  readonly gone: { readonly what: string; readonly at: When; readonly stopped: boolean } | undefined;
}

interface SweepRow {
  readonly rule: string;
  readonly at: When;
  readonly took: string;
  readonly stopped: string | undefined;
  readonly counts: readonly string[];
  /** Who let it take more than a sweep may by itself. */
  readonly allowedBy: string | undefined;
}

export interface RetentionModel {
  readonly rules: readonly RuleRow[];
  /** What is due was counted just now; nothing was changed. */
  readonly counted: boolean;
  readonly sweeps: readonly SweepRow[];
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** The newest sweep of a rule, and the newest that erased something or stopped. */
export interface LastRuns {
  readonly rule: Policy['retention'][number];
  readonly last: Run | undefined;
  readonly notable: Run | undefined;
}

/** `sweeps` may hold one more than a page: then there is a next one. */
export function presentRetention(
  rules: readonly LastRuns[],
  sweeps: readonly Run[],
  page: number,
  due: readonly SweepReport[] | undefined,
  desk: Desk,
): RetentionModel {
  return {
    rules: rules.map((each) => presentRule(each, due, desk)),
    counted: due !== undefined,
    sweeps: sweeps.slice(0, PAGE_SIZE).map((run) => ({
      rule: run.rule,
      at: desk.when(run.startedAt),
      took: run.ms === undefined ? 'Still running' : took(run.ms),
      stopped: run.stopped,
      counts: run.collections
        .filter(({ erased, redacted = 0, held }) => erased + redacted + held > 0)
        .map(presentCount),
      allowedBy: run.allowedBy?.map(desk.nameOf).join(' and '),
    })),
    previous: page > 1 ? `/retention?page=${page - 1}` : undefined,
    next: sweeps.length > PAGE_SIZE ? `/retention?page=${page + 1}` : undefined,
  };
}

function presentRule({ rule, last, notable }: LastRuns, due: readonly SweepReport[] | undefined, desk: Desk): RuleRow {
  const mode = desk.kept.retention.modeOf(rule.id);
  const report = due?.find((each) => each.rule === rule.id);
  return {
    id: rule.id,
    covers: rule.covers.join(', '),
    clause: rule.clause,
    term: presentTerm(rule),
    origin: presentOrigin(rule),
    mode:
      mode === 'enforce'
        ? chip('info', 'run', 'Enforce', 'What is due is erased')
        : chip('quiet', 'eyes', 'Observe', 'Decides, counts and reports; changes nothing'),
    last: last && desk.when(last.startedAt),
    noLast: mode === 'enforce' ? 'Not yet' : 'Only counts',
    due: report && presentDue(report.collections),
    gone: notable && {
      what: presentGone(notable.collections),
      at: desk.when(notable.startedAt),
      stopped: notable.stopped !== undefined,
    },
  };
}

function presentDue(counts: readonly SweepCount[]): RuleRow['due'] {
  const [due, held] = [sum(counts, 'due'), sum(counts, 'held')];
  return { count: due.toLocaleString('en-GB'), held: held > 0 ? `${held.toLocaleString('en-GB')} held` : undefined };
}

function presentGone(counts: readonly SweepCount[]): string {
  const files = sum(counts, 'files');
  const redacts = counts.some(({ redacted }) => redacted !== undefined);
  const what = redacts
    ? `fields of ${counted(sum(counts, 'redacted'), 'record')}`
    : counted(sum(counts, 'erased'), 'record');
  return `${what}${files > 0 ? `, ${counted(files, 'file')}` : ''}`;
}

/** "generations: 12 records, 30 files; 2 held", or "apiLogs: fields of 12 records". */
function presentCount(count: SweepCount): string {
  const held = count.held > 0 ? `; ${count.held.toLocaleString('en-GB')} held` : '';
  return `${count.collection}: ${presentGone([count])}${held}`;
}

function sum(counts: readonly SweepCount[], of: 'due' | 'erased' | 'redacted' | 'files' | 'held'): number {
  return counts.reduce((total, count) => total + (count[of] ?? 0), 0);
}

function took(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
