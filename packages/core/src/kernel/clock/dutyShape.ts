import { count, oneOf, period, text } from '../policy/plainShape.ts';
import { fields, listOf, mapOf, maybe, need, type Shape } from '../policy/shape.ts';
import { mistake } from '../policy/spot.ts';
import {
  type Authority,
  type BasisRight,
  type ChildrenRule,
  type FeeRule,
  FLOOR_RECORDS,
  FLOOR_STARTS,
  type LegalBasis,
  type RecordDuty,
  type Refusal,
  type RetentionFloor,
  type TrainingRule,
} from './regimeDuties.ts';
import type { Sourced } from './sourced.ts';
import { onlyTrue, sourced } from './sourcedShape.ts';
import { right, rights } from './termShape.ts';

/** A country, or a state of one, as ISO 3166 writes it. */
export const residenceCode: Shape<string> = (value, spot) =>
  typeof value === 'string' && /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(value)
    ? value
    : mistake(
        spot,
        'WRONG_SHAPE',
        'an ISO 3166 code is expected here',
        'write DE, or US-CA for a state (in quotes: "NO")',
      );

/** A mapping whose names become the ids of a list, sorted, so that the order of the file does not matter. */
function byId<T extends { readonly id: string }>(shape: Shape<Omit<T, 'id'>>): Shape<readonly T[]> {
  const named = mapOf(shape);
  return (value, spot) => {
    const read = named(value, spot);
    return (
      read &&
      Object.keys(read)
        .sort()
        .map((id) => ({ id, ...read[id] }) as unknown as T)
    );
  };
}

export const refusals: Shape<readonly Refusal[]> = byId<Refusal>(
  sourced<Omit<Refusal, keyof Sourced | 'id'>>({
    text: need(text),
    rights: maybe(rights),
    categories: maybe(listOf(text)),
    ends: maybe(oneOf('date', 'event')),
  }),
);

const basisRight = fields<BasisRight>({
  is: need(oneOf('granted', 'conditional', 'none')),
  article: need(text),
  if: maybe(text),
  weighed: maybe(oneOf('never')),
});

/** A condition is written exactly where something depends on it. */
const conditional: Shape<BasisRight> = (value, spot) => {
  const read = basisRight(value, spot);
  if (read === undefined || (read.is === 'conditional') === (read.if !== undefined)) return read;
  return mistake(spot, 'WRONG_SHAPE', 'a condition belongs to what is conditional, and to nothing else', 'write if:');
};

export const bases: Shape<readonly LegalBasis[]> = byId<LegalBasis>(
  sourced<Omit<LegalBasis, keyof Sourced | 'id'>>({
    purposes: maybe(listOf(text)),
    rights: need(mapOf(conditional, right) as Shape<LegalBasis['rights']>),
  }),
);

export const authority: Shape<Authority> = sourced<Pick<Authority, 'name'>>({ name: need(text) });

export const records: Shape<readonly RecordDuty[]> = byId<RecordDuty>(
  sourced<Omit<RecordDuty, keyof Sourced | 'id'>>({ text: need(text), atLeast: maybe(period) }),
);

export const fees: Shape<FeeRule> = sourced<Omit<FeeRule, keyof Sourced>>({
  kind: need(oneOf('free', 'exceptional', 'reasonable')),
  freePerYear: maybe(count),
  atMost: maybe(count),
  toldFirst: maybe(onlyTrue),
});

export const children: Shape<ChildrenRule> = sourced<Omit<ChildrenRule, keyof Sourced>>({
  minimumAge: need(count),
  byCountry: maybe(mapOf(count, residenceCode)),
});

export const training: Shape<TrainingRule> = sourced<Pick<TrainingRule, 'mode'>>({
  mode: need(oneOf('opt-in', 'opt-out')),
});

export const retentionFloors: Shape<readonly RetentionFloor[]> = listOf(
  sourced<Omit<RetentionFloor, keyof Sourced>>({
    country: need(residenceCode),
    record: need(oneOf(...FLOOR_RECORDS)),
    atLeast: need(period),
    runsFrom: need(oneOf(...FLOOR_STARTS)),
  }),
);
