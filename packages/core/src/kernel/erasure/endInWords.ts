import type { Hold, PlanLine } from '../decision.ts';

const holds: Readonly<Record<Hold['kind'], string>> = {
  legal: 'until the hold is lifted, on a day that nobody knows yet',
  restriction: 'until the restriction is lifted, which the person is told before',
  'access-open': 'until the copy of the data was handed over',
};

/** When something that stays goes, where no date is known: in words, as the end of a sentence. Undefined for what has a date, or goes. */
export function endInWords({ action, count, rule = '', until }: PlanLine): string | undefined {
  if (action === 'erase' || count === 0 || until) return undefined;
  const hold = /^holds\.(.+)$/.exec(rule)?.[1] as Hold['kind'] | undefined;
  return hold ? holds[hold] : `by ${rule || 'its rule'}, counted from a day that is still to come`;
}
