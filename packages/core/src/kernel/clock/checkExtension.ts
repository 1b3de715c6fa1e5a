import { DeadlineError } from './deadlineError.ts';
import { localDate } from './localDate.ts';
import type { Extension, Regime } from './regime.ts';
import { Temporal } from './temporal.ts';

/**
 * Refuses an extension that the law does not give: told after the first window (GDPR Article 12(3): within one month of
 * receipt), before the receipt, or under a regime without one. Answers the day that the person was told, where the law
 * leaves it to that notice. Throws EXTENSION_TOO_LATE, EXTENSION_INVALID, DATE_INVALID.
 */
export function checkExtension(told: {
  readonly regime: Regime;
  readonly extend: Extension | undefined;
  readonly received: Temporal.PlainDate;
  readonly due: Temporal.PlainDate;
  readonly on: string | undefined;
  readonly until: string | undefined;
}): Temporal.PlainDate | undefined {
  const { regime, extend, received, due } = told;
  if (told.on === undefined) return undefined;

  const place = `extended on ${told.on}`;
  const on = localDate(told.on, 'extended on');
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
  return told.until === undefined ? undefined : untilOf(told.until, regime, extend, due);
}

function untilOf(text: string, regime: Regime, { total }: Extension, due: Temporal.PlainDate): Temporal.PlainDate {
  const until = localDate(text, 'extended until');
  const place = `extended until ${text}`;
  if (total !== 'by-notice') {
    throw new DeadlineError('EXTENSION_INVALID', `${regime.id} says itself how long an extension is`, {
      place,
      remedy: 'Name no day: the law does.',
    });
  }
  if (Temporal.PlainDate.compare(until, due) <= 0) {
    throw new DeadlineError('EXTENSION_INVALID', 'The extension ends within the first window', {
      place,
      remedy: `Give a day after ${due}.`,
    });
  }
  return until;
}
