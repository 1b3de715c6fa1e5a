import type { PlanLine } from '../../kernel/decision.ts';
import type { Residual, Residue } from '../ports/residue.ts';

/**
 * What a second look found that should be gone, without what lawfully stays: of records that are kept all, of records that
 * stay without the person their other fields.
 */
export function leftOf(
  { found }: Residue,
  lines: readonly Pick<PlanLine, 'collection' | 'action'>[],
): readonly Residual[] {
  return found.filter(({ collection, named, leads }) => {
    const of = lines.filter((line) => line.collection === collection || line.collection.startsWith(`${collection}.`));
    const isKept = of.some(({ action }) => action === 'keep');
    const isLoose = of.some(({ action }) => action === 'detach');
    return !isKept && !(isLoose && named && !leads);
  });
}

/** Sentences on what is left, place by place; without what stands there. */
export function leftInWords(left: readonly Residual[]): string[] {
  return left.map(({ collection, path, count, named, leads }) => {
    const records = count === 1 ? '1 record' : `${count} records`;
    if (leads) return `${collection}: ${records} of the person`;
    const whose = named ? ', which others may have written' : ', a place that the inventory does not know';
    return `${collection}.${path}: ${records} with the address or a key of the person there${whose}`;
  });
}
