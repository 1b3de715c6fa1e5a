import { KeptError } from '../../kernel/keptError.ts';
import type { Policy } from '../../kernel/policy/policy.ts';
import { whyUncorrectable } from '../../kernel/rectification/whyUncorrectable.ts';
import type { CorrectedValue, Correction } from '../../kernel/request/asks.ts';

const LONGEST_VALUE = 10_000;
const LONGEST_KEY = 512;

/** A correction as it may be stored: of a field that the inventory names and that can be corrected. Throws CORRECTION_INVALID. */
export function demandCorrection(policy: Policy, given: unknown): Correction {
  const { collection, field, record, value, was } = (given ?? {}) as Partial<Record<keyof Correction, unknown>>;
  if (!isText(collection, LONGEST_KEY) || !isText(field, LONGEST_KEY))
    throw invalid('correction', 'no field is named', 'Name collection and field as the inventory does.');
  const place = `${collection}.${field}`.slice(0, 200);
  const why = whyUncorrectable(policy, { collection, field });
  if (why) throw invalid(place, why, 'Name a field that the inventory lists, or add a statement beside it.');
  if (record !== undefined && !isText(record, LONGEST_KEY))
    throw invalid(place, 'the record is not named by its key', 'Hand over the string form of its key.');
  if (!isValue(value) || (was !== undefined && !isValue(was)))
    throw invalid(place, 'its value is no text, number or boolean', `At most ${LONGEST_VALUE} characters.`);
  return { collection, field, ...(record !== undefined && { record }), ...(was !== undefined && { was }), value };
}

function isText(value: unknown, most: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= most;
}

function isValue(value: unknown): value is CorrectedValue {
  return isText(value, LONGEST_VALUE) || typeof value === 'boolean' || Number.isFinite(value);
}

export function invalid(place: string, why: string, remedy: string): KeptError {
  return new KeptError('CORRECTION_INVALID', `This cannot be corrected: ${why}`, { place, remedy });
}
