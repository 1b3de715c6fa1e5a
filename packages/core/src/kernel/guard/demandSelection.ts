import { KeptError } from '../keptError.ts';

/**
 * Refuses a selection of a read for a purpose that computes: what stands in one field could be shown as another, and would
 * be decided by that other's category. Throws READ_REFUSED.
 */
export function demandSelection(collection: string, projection: Readonly<Record<string, unknown>>): void {
  if (Object.values(projection).every(selects)) return;
  throw new KeptError('READ_REFUSED', 'Nothing was read for the stated purpose: the selection computes fields', {
    place: collection,
    remedy: 'Select fields by name, with 1 and 0; compute from what was read.',
  });
}

/** Yes, no, elements of the same list, or such below it. Of `$slice` another form takes its list from anywhere. */
function selects(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return [0, 1, true, false].includes(part as number);
  return Object.entries(part).every(([name, inner]) => {
    if (name === '$elemMatch') return true;
    if (name === '$slice') return [inner].flat().every((place) => Number.isInteger(place));
    return !name.startsWith('$') && selects(inner);
  });
}
