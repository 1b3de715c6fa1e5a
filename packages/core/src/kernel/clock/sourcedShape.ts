import { flag, oneOf, text } from '../policy/plainShape.ts';
import { fields, maybe, need, type Shape } from '../policy/shape.ts';
import { mistake } from '../policy/spot.ts';
import type { Sourced } from './sourced.ts';

type Entries<T extends object> = Parameters<typeof fields<T>>[0];

/** A mapping of these keys that also says where its values come from. */
export function sourced<T extends object>(entries: Entries<T>): Shape<T & Sourced> {
  const provenance: Entries<Sourced> = {
    article: need(text),
    source: need(text),
    from: need(oneOf('statute', 'guidance', 'operator')),
    unverified: maybe(onlyTrue),
  };
  return fields<T & Sourced>({ ...provenance, ...entries } as Entries<T & Sourced>);
}

/** A mark that is there or is not: `false` would be a second way of saying nothing. */
export const onlyTrue: Shape<true> = (value, spot) => {
  if (value === true) return true;
  if (flag(value, spot) === undefined) return undefined;
  return mistake(spot, 'WRONG_SHAPE', 'false says nothing here', 'leave the line out');
};
