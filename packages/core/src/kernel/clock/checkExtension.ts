import { DeadlineError } from './deadlineError.ts';
import { localDate } from './localDate.ts';
import type { Extension, Regime } from './regime.ts';
import { Temporal } from './temporal.ts';

/**
 * Refuses an extension that the law does not give: told after the first window (GDPR Article 12(3): within one month of
 * receipt), before the receipt, or under a regime without one. Throws EXTENSION_TOO_LATE or EXTENSION_INVALID.
 */
export function checkExtension(told: {
  readonly regime: Regime;
  readonly extend: Extension | undefined;
  readonly extendedOn: string | undefined;
  readonly received: Temporal.PlainDate;
  readonly due: Temporal.PlainDate;
}): void {
  const { regime, extend, extendedOn, received, due } = told;
  if (extendedOn === undefined) return;

  const place = `extended on ${extendedOn}`;
  const on = localDate(extendedOn, 'extended on');
  if (extend === undefined) {
    throw new DeadlineError('EXTENSION_INVALID', `${regime.id} knows no extension of this period`, {
      place,
      remedy: `Answer by ${due}.`,
    });
  }
  if (Temporal.PlainDate.compare(on, received) < 0) {
    throw new DeadlineError('EXTENSION_INVALID', 'The extension is older than the request', {
      place,
      remedy: `Give a day from ${received} to ${due}.`,
    });
  }
  if (Temporal.PlainDate.compare(on, due) > 0) {
    throw new DeadlineError('EXTENSION_TOO_LATE', `The extension had to be told by ${due} (${extend.article})`, {
      place,
      remedy: 'Answer at once: the first window is over, and the answer is late.',
    });
  }
}
