import type { PlanLine, StoredRequest } from '../kept.ts';
import { isClosed } from '../kept.ts';
import { counted, presentAge, type When } from './dates.ts';
import type { Desk } from './desk.ts';

export interface PlanRow {
  readonly collection: string;
  readonly categories: string;
  readonly action: PlanLine['action'];
  readonly verb: string;
  readonly icon: string;
  readonly count: string;
  readonly files: string;
  readonly ground: { readonly article: string; readonly text: string } | undefined;
  readonly until: When | undefined;
  readonly clause: string;
}

export interface PlanModel {
  readonly title: string;
  readonly at: When;
  readonly age: string;
  /** A day or more old: people may have written since. */
  readonly stale: boolean;
  readonly hash: string;
  readonly shortHash: string;
  readonly rows: readonly PlanRow[];
  /** "Erased for good: 1,204 records and 63 files", one line each action, exactly what an approval approves. */
  readonly summary: readonly string[];
}

type Preview = Extract<StoredRequest, { status: 'previewed' }>['preview'];

export const VERB = { erase: 'Erase', detach: 'Detach', keep: 'Keep' } as const;
const DONE = { erase: 'Erased', detach: 'Detached', keep: 'Kept' } as const;
const ICON = { erase: 'trash', detach: 'scissors', keep: 'lock' } as const;
const STALE_MS = 24 * 3_600_000;

/** The preview while it is to be decided; once the run has ended, the same lines as they came out. */
export function presentPlan(request: StoredRequest, preview: Preview, desk: Desk): PlanModel {
  const { carriedOut } = request;
  return {
    title: carriedOut ? 'What was done' : 'Preview',
    at: desk.when(preview.at),
    age: presentAge(preview.at, desk.now),
    stale: !isClosed(request) && desk.now.getTime() - preview.at.getTime() >= STALE_MS,
    hash: preview.hash,
    shortHash: preview.hash.slice(0, 12),
    rows: presentPlanRows(carriedOut ?? preview.lines, carriedOut ? DONE : VERB, desk),
    summary: summarise(preview.lines),
  };
}

/** What becomes of each collection, as a plan or as what was done. */
export function presentPlanRows(
  lines: readonly PlanLine[],
  verbs: Readonly<Record<PlanLine['action'], string>>,
  desk: Desk,
): PlanRow[] {
  return lines.map((line) => ({
    collection: line.collection,
    categories: line.categories.join(', '),
    action: line.action,
    verb: verbs[line.action],
    icon: ICON[line.action],
    count: said(line),
    files: line.files.toLocaleString('en-GB'),
    ground: line.ground && { article: line.ground.article, text: sentence(line.ground.text) },
    until: line.until && desk.day(line.until),
    clause: line.clause ?? '',
  }));
}

/** "12", or "10 of 12" where a run did not get through. */
function said(line: PlanLine & { done?: number }): string {
  const count = line.count.toLocaleString('en-GB');
  const short = line.done !== undefined && line.action !== 'keep' && line.done < line.count;
  return short ? `${line.done?.toLocaleString('en-GB')} of ${count}` : count;
}

/** Grounds are written to stand within a sentence of a letter; in a table they begin one. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function summarise(lines: readonly PlanLine[]): string[] {
  const total = (action: PlanLine['action']): [number, number] => {
    const of = lines.filter((line) => line.action === action);
    return [of.reduce((sum, { count }) => sum + count, 0), of.reduce((sum, { files }) => sum + files, 0)];
  };
  const say = (action: PlanLine['action'], what: string): string[] => {
    const [count, files] = total(action);
    if (count + files === 0) return [];
    const withFiles = files > 0 ? ` and ${counted(files, 'file')}` : '';
    return [`${what}: ${counted(count, 'record')}${withFiles}`];
  };
  const along = lines.reduce((sum, { othersAlong = 0 }) => sum + othersAlong, 0);
  return [
    ...say('erase', 'Erased for good'),
    ...(along > 0 ? [`Erased with it: at most ${counted(along, 'record')} that others wrote about these`] : []),
    ...say('detach', 'Kept without the person'),
    ...say('keep', 'Kept as it is'),
  ];
}
