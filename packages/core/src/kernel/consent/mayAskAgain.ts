import { addMonths } from '../clock/addMonths.ts';
import { localDateOf } from '../clock/localDate.ts';
import type { Facts } from '../decision.ts';
import type { ConsentFlag } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';

/** California asks for twelve months of peace after an opt-out (Civ. Code §1798.135(c)(4)); here everybody has them. */
const MONTHS = 12;

/** Whether somebody may be asked for a yes to a flag: not within a year of their no to it, or to what it opens. */
export function mayAskAgain(
  { flag, gates }: ConsentFlag,
  { consents, objections }: Pick<Facts, 'consents' | 'objections'>,
  now: Date,
  zone: string,
): boolean {
  const noes = [
    ...consents.filter((word) => word.flag === flag && word.what === 'withdrawn'),
    ...objections.filter(
      ({ purpose, what }) => what !== 'withdrawn' && gates.purposes.some((gated) => covers(purpose, gated)),
    ),
  ];
  const today = localDateOf(now, zone).toString();
  return noes.every(({ at }) => addMonths(localDateOf(at, zone), MONTHS).toString() <= today);
}
