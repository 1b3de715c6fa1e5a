import type { Run, SweepCount, SweepReport } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import type { When } from './dates.ts';
import type { Desk } from './desk.ts';

interface CountRow {
  readonly collection: string;
  readonly due: string;
  readonly erased: string;
  readonly files: string;
  readonly held: string;
}

interface Sweep {
  readonly rule: string;
  readonly clause: string;
  readonly mode: Chip;
  readonly at: When | undefined;
  readonly took: string;
  readonly stopped: string | undefined;
  readonly counts: readonly CountRow[];
}

export interface RetentionModel {
  readonly runs: readonly Sweep[];
  /** What a sweep would do now; counted on demand, changing nothing. */
  readonly dryRun: readonly Sweep[] | undefined;
}

export function presentRetention(
  runs: readonly Run[],
  dryRun: readonly SweepReport[] | undefined,
  desk: Desk,
): RetentionModel {
  const clauseOf = (rule: string): string => desk.kept.policy.retention.find(({ id }) => id === rule)?.clause ?? '';
  return {
    runs: runs.map((run) => ({
      rule: run.rule,
      clause: clauseOf(run.rule),
      mode: modeChip(run.mode),
      at: desk.when(run.startedAt),
      took: run.endedAt ? took(run.endedAt.getTime() - run.startedAt.getTime()) : 'still running',
      stopped: run.stopped,
      counts: run.collections.map(presentCount),
    })),
    dryRun: dryRun?.map((report) => ({
      rule: report.rule,
      clause: report.clause,
      mode: modeChip(report.mode),
      at: undefined,
      took: took(report.ms),
      stopped: report.stopped,
      counts: report.collections.map(presentCount),
    })),
  };
}

function modeChip(mode: Run['mode']): Chip {
  return mode === 'enforce'
    ? chip('info', 'run', 'Enforce', 'Due records are erased')
    : chip('quiet', 'eyes', 'Observe', 'Decides, counts and reports; changes nothing');
}

function presentCount({ collection, due, erased, files, held }: SweepCount): CountRow {
  const said = (count: number): string => count.toLocaleString('en-GB');
  return { collection, due: said(due), erased: said(erased), files: said(files), held: said(held) };
}

function took(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
