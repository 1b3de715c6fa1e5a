import type { WrittenCollection } from './inventoryShape.ts';
import { insteadOf } from './nearestWord.ts';
import { below, mistake, type Spot } from './spot.ts';

/** The field that says where another one came from is a field of the same records. */
export function checkFieldSources({ fields }: WrittenCollection, at: Spot): void {
  for (const [path, { source }] of Object.entries(fields)) {
    if (source === undefined || Object.hasOwn(fields, source)) continue;
    const known = Object.keys(fields);
    mistake(below(at, 'fields', path), 'UNKNOWN_WORD', `unknown field "${source}"`, insteadOf(source, known));
  }
}
