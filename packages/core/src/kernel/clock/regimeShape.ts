import { day, oneOf, text } from '../policy/plainShape.ts';
import { fields, listOf, mapOf, maybe, type Shape } from '../policy/shape.ts';
import {
  authority,
  bases,
  children,
  fees,
  records,
  refusals,
  residenceCode,
  retentionFloors,
  training,
} from './dutyShape.ts';
import type { Regime, RightGranted } from './regime.ts';
import { sourced } from './sourcedShape.ts';
import { earliest, pause, right, rollDays, term } from './termShape.ts';

/** The sections of a regime file, each with its shape: all that may be written there beside `like` and `law`. */
export const regimeShape: { readonly [K in keyof Regime]-?: Shape<NonNullable<Regime[K]>> } = {
  id: text,
  name: text,
  country: residenceCode,
  residents: listOf(residenceCode),
  inForceFrom: day,
  calendar: text,
  starts: sourced<Pick<Regime['starts'], 'on'>>({ on: { shape: oneOf('receipt', 'relevant-time'), needed: true } }),
  respond: term,
  acknowledge: term,
  optout: term,
  appeal: term,
  complaint: term,
  roll: sourced<Pick<Regime['roll'], 'on'>>({ on: { shape: rollDays, needed: true } }),
  pauses: fields<NonNullable<Regime['pauses']>>({ scope: maybe(pause), identity: maybe(pause) }),
  earliest,
  rights: mapOf(sourced<Pick<RightGranted, 'effect'>>({ effect: maybe(oneOf('at-once')) }), right) as Shape<
    Regime['rights']
  >,
  refusals,
  bases,
  authority,
  fees,
  children,
  records,
  training,
  retentionFloors,
};

/** Sections that a law may do without; `none` says so where a shared file has one. */
export const SPARE: readonly (keyof Regime)[] = [
  'inForceFrom',
  'respond',
  'acknowledge',
  'optout',
  'appeal',
  'complaint',
  'pauses',
  'bases',
  'authority',
  'children',
];

/** Lists that are empty where nothing is written. */
export const EMPTY: readonly (keyof Regime)[] = ['records', 'retentionFloors'];
