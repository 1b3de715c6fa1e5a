import type { PackageState } from '../kept.ts';
import { type Chip, chip } from './chip.ts';
import { counted, type When } from './dates.ts';
import type { Desk } from './desk.ts';

/** What somebody gets who asked for their data: how far it is, and whether they have it. Never what is in it. */
export interface PackageCard {
  readonly state: Chip;
  readonly contents: string;
  readonly until: When | undefined;
  readonly fetched: When | undefined;
  readonly parts: readonly { readonly name: string; readonly size: string; readonly fetched: When | undefined }[];
  readonly missing: readonly string[];
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `isSaid`: what is missing stands on the page already. */
export function presentPackage(pack: PackageState, desk: Desk, isSaid: boolean): PackageCard {
  return {
    state: stateOf(pack),
    contents: `${counted(pack.records, 'record')} and ${counted(pack.files, 'file')}, ${sizeOf(pack.bytes)}`,
    until: pack.state === 'ready' && pack.availableUntil ? desk.when(pack.availableUntil) : undefined,
    fetched: pack.deliveredAt && desk.when(pack.deliveredAt),
    parts: pack.parts.map(({ number, bytes, sentAt }) => ({
      name: `Part ${number}`,
      size: sizeOf(bytes),
      fetched: sentAt && desk.when(sentAt),
    })),
    missing: isSaid ? [] : pack.missing,
  };
}

function stateOf({ state, deliveredAt }: PackageState): Chip {
  if (state === 'making') return chip('info', 'run', 'Being made');
  if (state === 'expired') return chip('quiet', 'cross', deliveredAt ? 'Fetched, and gone' : 'Gone, not fetched');
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
