import type { PackageState } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import { counted, type When } from './dates.ts';
import type { Desk } from './desk.ts';

/** What somebody gets who asked for their data: how far it is, and whether they have it. Never what is in it. */
export interface PackageCard {
  readonly state: Chip;
  readonly contents: string;
  /** What happened to it and what will, in order of time. */
  readonly dates: readonly { readonly label: string; readonly on: When }[];
  readonly parts: readonly { readonly name: string; readonly size: string; readonly fetched: When | undefined }[];
  readonly missing: readonly string[];
  /** The signed receipt of its delivery. */
  readonly receipt: string | undefined;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `isSaid`: what is missing stands on the page already. */
export function presentPackage(pack: PackageState, desk: Desk, isSaid: boolean): PackageCard {
  const { request, state, records, files, bytes, parts, missing, deliveredAt } = pack;
  const holds = `${counted(records, 'record')} and ${counted(files, 'file')}, ${sizeOf(bytes)}`;
  return {
    state: stateOf(pack),
    contents: state === 'making' ? `So far ${holds}` : holds,
    dates: datesOf(pack).flatMap(([label, date]) => (date ? [{ label, on: desk.when(date) }] : [])),
    parts: parts.map(({ number, bytes, sentAt }) => ({
      name: `Part ${number}`,
      size: sizeOf(bytes),
      fetched: sentAt && desk.when(sentAt),
    })),
    missing: isSaid ? [] : missing,
    receipt: deliveredAt && `/requests/${request}/delivery`,
  };
}

function datesOf({
  state,
  startedAt,
  readyAt,
  deliveredAt,
  availableUntil,
}: PackageState): [string, Date | undefined][] {
  return [
    ['Begun', startedAt],
    ['Ready', readyAt],
    ['Fetched', deliveredAt],
    [state === 'expired' ? 'Was there until' : 'Ready until', availableUntil],
  ];
}

function stateOf({ state, deliveredAt }: PackageState): Chip {
  if (state === 'making') return chip('info', 'run', 'Being made');
  if (state === 'expired') {
    return deliveredAt ? chip('quiet', 'check', 'Fetched, and gone') : chip('soon', 'cross', 'Gone, not fetched');
  }
  return deliveredAt ? chip('met', 'check', 'Fetched') : chip('info', 'hourglass', 'Ready, not fetched yet');
}

function sizeOf(bytes: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return new Intl.NumberFormat('en-GB', {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}
