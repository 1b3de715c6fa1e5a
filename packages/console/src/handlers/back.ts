import type { FlashCode } from '../presenters/flash.ts';
import type { Outcome } from '../visit.ts';

/** To the page of the request, where it is said what happened. */
export function back(id: string, flash: FlashCode): Outcome {
  return { redirect: `/requests/${id}`, flash };
}
