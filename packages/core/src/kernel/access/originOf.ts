import type { Field } from '../policy/inventory.ts';
import { covers, type DataOrigin, type Vocabulary } from '../policy/vocabulary.ts';

/** How the data of a field came about: as the inventory says, and otherwise as the nearest word of the vocabulary does. */
export function originOf({ category, origin }: Pick<Field, 'category' | 'origin'>, vocabulary: Vocabulary): DataOrigin {
  if (origin !== undefined) return origin;
  const [nearest] = vocabulary.categories
    .filter((word) => word.origin !== undefined && covers(word.name, category))
    .sort((one, other) => other.name.length - one.name.length);
  return nearest?.origin ?? 'observed';
}
