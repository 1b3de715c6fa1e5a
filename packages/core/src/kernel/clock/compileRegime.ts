import { insteadOf } from '../policy/nearestWord.ts';
import { isMapping, type Shape } from '../policy/shape.ts';
import type { Mistake, PolicySource } from '../policy/source.ts';
import { below, inOrder, mistake, type Spot, spotOf } from '../policy/spot.ts';
import type { Regime } from './regime.ts';
import { RegimeInvalid } from './regimeInvalid.ts';
import { EMPTY, regimeShape, SPARE } from './regimeShape.ts';

/** Stands in the articles of a shared file for the law of the file that builds on it. */
const LAW = '$law';

/**
 * Makes a regime of its parsed file. With `like`, the sections that it does not write are those of the shared file of
 * that name; a section is taken whole or written whole. Throws REGIME_INVALID with all mistakes at once.
 */
export function compileRegime(file: PolicySource, shared: Readonly<Record<string, PolicySource>> = {}): Regime {
  const mistakes: Mistake[] = [];
  const own = spotOf(file, mistakes);
  const read = isMapping(file.data) ? sections(own, file.data, baseOf(own, file.data, shared)) : undefined;
  if (read === undefined) mistake(own, 'WRONG_SHAPE', 'the file holds no mapping', 'give id, name and the sections');
  if (mistakes.length > 0) throw new RegimeInvalid(file.file, inOrder(mistakes));
  return read as unknown as Regime;
}

type Data = Readonly<Record<string, unknown>>;

function sections(own: Spot, data: Data, base: Spot | undefined): Data {
  const known = Object.keys(regimeShape) as (keyof Regime)[];
  const read: Record<string, unknown> = {};
  refuseUnknown(own, [...known, ...OWN]);
  if (base !== undefined) refuseUnknown(base, known);

  for (const key of known) {
    const spot = isWritten(data[key]) || base === undefined ? own : base;
    const given = (spot.source.data as Data)[key];
    if (given === 'none' && SPARE.includes(key)) continue;
    if (isWritten(given)) read[key] = (regimeShape[key] as Shape<unknown>)(given, below(spot, key));
    else if (EMPTY.includes(key)) read[key] = [];
    else if (!SPARE.includes(key)) mistake(own, 'MISSING_KEY', `"${key}" is missing`, `add ${key}:`);
  }
  return read;
}

/** Own words of a regime beside its sections; a shared file has none of them, so that it cannot build on another. */
const OWN = ['like', 'law'];

function refuseUnknown(spot: Spot, allowed: readonly string[]): void {
  for (const key of Object.keys(spot.source.data as Data)) {
    if (!allowed.includes(key)) {
      mistake(below(spot, key), 'UNKNOWN_KEY', `unknown key "${key}"`, insteadOf(key, allowed));
    }
  }
}

function baseOf(own: Spot, data: Data, shared: Readonly<Record<string, PolicySource>>): Spot | undefined {
  const { like, law } = data;
  if (!isWritten(like)) return undefined;
  const base = typeof like === 'string' && Object.hasOwn(shared, like) ? shared[like] : undefined;
  if (base === undefined) {
    const remedy = insteadOf(String(like), Object.keys(shared));
    return mistake(below(own, 'like'), 'UNKNOWN_WORD', `unknown shared file "${String(like)}"`, remedy);
  }
  if (!isMapping(base.data)) {
    return mistake(spotOf(base, own.mistakes), 'WRONG_SHAPE', 'the file holds no mapping', 'give its sections');
  }
  if (typeof law !== 'string') {
    return mistake(own, 'MISSING_KEY', `"law" is missing beside "like"`, `add law: the section that ${LAW} stands for`);
  }
  return spotOf({ ...base, data: withLaw(base.data, law) }, own.mistakes);
}

function withLaw(value: unknown, law: string): unknown {
  if (typeof value === 'string') return value.replaceAll(LAW, () => law);
  if (Array.isArray(value)) return value.map((each) => withLaw(each, law));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withLaw(each, law)]));
}

function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null;
}
