import type { Clock } from '../clock/deadlines.ts';
import { localDate } from '../clock/localDate.ts';

/** An approved erasure whose person asked for a copy first and does not have it. Days are YYYY-MM-DD. */
export interface WaitingErasure {
  readonly day: string;
  readonly dueOn: string;
  readonly clock: Pick<Clock, 'due' | 'extendedDue' | 'extensionNoticeBy'>;
  /** Who extended it, where somebody did. */
  readonly extendedBy?: string;
  /** It answers a report by somebody else, whom no extension would be told to. */
  readonly isReport: boolean;
  /** The copy was made, and lacks what could still be copied. */
  readonly lacks: boolean;
}

/** `over`: the last day on which the law lets it wait has come. */
export type CopyStage = 'lacking' | 'late' | 'over';

export type Waiting =
  | { readonly what: 'wait' }
  | { readonly what: 'extend'; readonly until?: string }
  | { readonly what: 'tell-staff'; readonly stage: CopyStage };

/** Days before its date that the person is told: the letter must be there within the first window (Article 12(3) GDPR). */
const TELL_BEFORE = 3;
/** Where the law leaves the end of an extension to what the person is told: the operator's choice. */
const BY_NOTICE = { days: 30 };

/**
 * What becomes of it: nothing at first. When its date comes near, the period is extended where the law lets us, and staff are
 * told; after that it is for them to decide. Time alone never erases what somebody asked to have.
 */
export function whileCopyWaits({ day, dueOn, clock, extendedBy, isReport, lacks }: WaitingErasure): Waiting {
  const isNear = day >= localDate(dueOn, 'due').subtract({ days: TELL_BEFORE }).toString();
  if (!lacks && !isNear && extendedBy !== 'kept') return { what: 'wait' };

  const { due, extendedDue } = clock;
  const mayExtend = extendedBy === undefined && !isReport && clock.extensionNoticeBy !== null;
  if (isNear && mayExtend && due !== null && day <= due) {
    const until = extendedDue === null && localDate(due, 'due').add(BY_NOTICE).toString();
    return { what: 'extend', ...(until && { until }) };
  }

  const last = (extendedBy === undefined ? due : extendedDue) ?? dueOn;
  return { what: 'tell-staff', stage: day >= last ? 'over' : lacks ? 'lacking' : 'late' };
}
