import type { Outcome } from '../visit.ts';

/** The same words as in the dialog, for those without scripts. */
export function showHelp(): Outcome {
  return { view: 'help', title: 'Help and shortcuts', model: {} };
}
