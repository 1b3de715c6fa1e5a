import { KeptError } from '../keptError.ts';

export type DeadlineErrorCode =
  | 'CALENDAR_ENDED'
  | 'CALENDAR_INVALID'
  | 'DATE_INVALID'
  | 'EXTENSION_INVALID'
  | 'EXTENSION_TOO_LATE'
  | 'NO_DEADLINE'
  | 'PAUSE_INVALID'
  | 'PROMISE_INVALID'
  | 'RECEIVED_INVALID'
  | 'REGIME_INVALID'
  | 'ZONE_INVALID';

/** A clock that cannot be computed; `place` names the argument, regime or calendar at fault. */
export class DeadlineError extends KeptError {
  declare readonly code: DeadlineErrorCode;

  constructor(code: DeadlineErrorCode, message: string, options: { place: string; remedy: string }) {
    super(code, message, options);
  }
}
