import { KeptError } from '../keptError.ts';

/** EGRESS_INVALID: what was handed over cannot be judged, so none of it leaves. */
export function egressInvalid(place: string, message: string, remedy: string): KeptError {
  return new KeptError('EGRESS_INVALID', message, { place, remedy });
}
