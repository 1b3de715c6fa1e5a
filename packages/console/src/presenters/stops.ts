import type { Can } from '../abilities.ts';
import type { StoppedSweep, SweepSignature, SweepStop } from '../kept.ts';
import { counted, type When } from './dates.ts';
import type { Desk } from './desk.ts';

/** A rule whose sweep has stopped: what would go, who has signed, and who is still needed. */
export interface StopCard {
  readonly rule: string;
  /** The rule in an address. */
  readonly address: string;
  readonly what: string;
  readonly at: When;
  readonly signed: readonly { readonly by: string; readonly at: When; readonly reason: string }[];
  readonly needed: string;
  /** What the form speaks of; none where this staff member cannot sign, with the reason beside. */
  readonly form: { readonly collection: string; readonly due: number } | undefined;
  readonly why: string;
}

export function presentStops(
  stops: readonly (StoppedSweep & { readonly stop: SweepStop })[],
  can: Can,
  desk: Desk,
): StopCard[] {
  return stops.map((stopped) => {
    const { rule, stop, signatures } = stopped;
    const may = can('allow', 'Stop', stopped);
    return {
      rule,
      address: encodeURIComponent(rule),
      what: `${counted(stop.due, 'record')} of ${stop.total.toLocaleString('en-GB')} in ${stop.collection} would go`,
      at: desk.when(stop.at),
      signed: signatures.map(({ by, at, reason }) => ({ by: desk.nameOf(by), at: desk.when(at), reason })),
      needed: needed(signatures, desk),
      form: may ? { collection: stop.collection, due: stop.due } : undefined,
      why: may ? '' : can.why('allow', 'Stop', stopped),
    };
  });
}

function needed(signatures: readonly SweepSignature[], desk: Desk): string {
  const lead = signatures.some(({ by }) => desk.isLead(by));
  if (signatures.length === 0) return 'Two people must sign, one of them a privacy lead.';
  if (signatures.length === 1) return lead ? 'A second person must sign.' : 'A privacy lead must sign as well.';
  return lead ? 'Enough have signed: the next sweep goes through, once.' : 'A privacy lead must sign as well.';
}
