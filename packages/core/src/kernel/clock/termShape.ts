import { RIGHTS, type Right } from '../classify/right.ts';
import { count, oneOf, wordOf } from '../policy/plainShape.ts';
import { fields, isMapping, listOf, mapOf, maybe, need, type Shape } from '../policy/shape.ts';
import { mistake } from '../policy/spot.ts';
import type { EarliestRule, Extension, Length, OwnTerm, PauseRule, RollOn, Term } from './regime.ts';
import type { Sourced } from './sourced.ts';
import { sourced } from './sourcedShape.ts';

export const rollDays: Shape<readonly RollOn[]> = listOf(oneOf('saturday', 'sunday', 'holiday'));
export const right: Shape<Right> = wordOf('right', RIGHTS) as Shape<Right>;
export const rights: Shape<readonly Right[]> = listOf(right);

interface Units {
  readonly months?: number;
  readonly days?: number;
  readonly businessDays?: number;
}

const MOST = 3650;

const few: Shape<number> = (value, spot) => {
  const number = count(value, spot);
  if (number === undefined || number <= MOST) return number;
  return mistake(spot, 'WRONG_PERIOD', `${number} is no period of a law`, `write a number up to ${MOST}`);
};

const units = { months: maybe(few), days: maybe(few), businessDays: maybe(few) };

/** Reads a length out of the units that stand beside each other. */
function oneUnit<T extends Units>(shape: Shape<T>): Shape<T & Length> {
  return (value, spot) => {
    const read = shape(value, spot);
    const given = isMapping(value) ? Object.keys(units).filter((unit) => unit in value) : [];
    if (isMapping(value) && given.length !== 1) {
      return mistake(spot, 'WRONG_PERIOD', 'one length is expected here', 'give months, days or businessDays, and one');
    }
    return read as (T & Length) | undefined;
  };
}

const total: Shape<Extension['total']> = (value, spot) =>
  value === 'by-notice' ? value : oneUnit(fields<Units>(units))(value, spot);

const extension: Shape<Extension> = sourced<Pick<Extension, 'total'>>({ total: need(total) });

const earliestFields = sourced<{ reading: EarliestRule['reading']; rest?: readonly RollOn[] }>({
  reading: need(oneOf('unrolled', 'day-before', 'same', 'undisputed')),
  rest: maybe(rollDays),
});

export const earliest: Shape<EarliestRule> = (value, spot) => {
  const read = earliestFields(value, spot);
  if (read === undefined || (read.reading === 'undisputed') === (read.rest !== undefined)) return read as EarliestRule;
  return mistake(spot, 'WRONG_SHAPE', 'rest belongs to the reading "undisputed"', 'give both, or neither');
};

type Written = Units & { extend?: Extension };

const ownTerm: Shape<OwnTerm> = oneUnit(sourced<Written>({ ...units, extend: maybe(extension) }));

type WrittenTerm = Written & Pick<Term, 'rest' | 'earliest' | 'byRight'>;

export const term: Shape<Term> = oneUnit(
  sourced<WrittenTerm>({
    ...units,
    extend: maybe(extension),
    rest: maybe(rollDays),
    earliest: maybe(earliest),
    byRight: maybe(mapOf(ownTerm, right) as Shape<NonNullable<Term['byRight']>>),
  }),
);

export const pause: Shape<PauseRule> = sourced<Omit<PauseRule, keyof Sourced>>({
  effect: need(oneOf('moves', 'defence')),
  askDay: need(oneOf('counts', 'excluded')),
  rights: maybe(rights),
});
