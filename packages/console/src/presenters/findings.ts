import type { Can } from '../abilities.ts';
import type { Finding } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import { counted, type When } from './dates.ts';
import type { Desk } from './desk.ts';

export interface FindingsModel {
  readonly rows: readonly {
    readonly id: string;
    readonly severity: Chip;
    readonly code: string;
    readonly text: string;
    readonly place: string;
    /** The page of what it is about, where it is a ticket or a request. */
    readonly page: { readonly href: string; readonly label: string } | undefined;
    readonly first: When;
    readonly last: When;
    readonly times: string;
    readonly mayResolve: boolean;
  }[];
}

const LOOK = {
  error: chip('overdue', 'alert', 'Error'),
  warning: chip('soon', 'flag', 'Warning'),
  info: chip('info', 'info', 'Note'),
} as const;
const ORDER = ['error', 'warning', 'info'];

export function presentFindings(findings: readonly Finding[], can: Can, desk: Desk): FindingsModel {
  const sorted = findings.toSorted(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || b.lastAt.getTime() - a.lastAt.getTime(),
  );
  return {
    rows: sorted.map((finding) => ({
      id: encodeURIComponent(finding._id),
      severity: LOOK[finding.severity],
      code: finding.code,
      text: finding.text,
      place: finding.place,
      page: pageOf(finding),
      first: desk.when(finding.firstAt),
      last: desk.when(finding.lastAt),
      times: counted(finding.times, 'time'),
      mayResolve: can('resolve', 'Finding', finding),
    })),
  };
}

function pageOf({ code, place }: Finding): { href: string; label: string } | undefined {
  if (code === 'SWEEP_TOO_LARGE') return { href: '/retention', label: 'See what would go, and who may let it' };
  const kind = /^(ticket|request)-[\w-]+$/.exec(place)?.[1];
  return kind ? { href: `/${kind}s/${place}`, label: `Open the ${kind}` } : undefined;
}
