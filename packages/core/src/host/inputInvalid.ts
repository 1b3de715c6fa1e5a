import { KeptError } from '../kernel/keptError.ts';

/** INPUT_INVALID: what somebody sent says nothing, or not what is asked for. It does not repeat what was sent. */
export function inputInvalid(place: string, remedy: string): KeptError {
  return new KeptError('INPUT_INVALID', 'Something is missing or wrong', { place, remedy });
}
