import type { Regime } from '../clock/regime.ts';
import { rightUnder } from '../grounds/rightUnder.ts';
import type { Collection, Field } from '../policy/inventory.ts';
import type { Policy } from '../policy/policy.ts';
import { covers } from '../policy/vocabulary.ts';
import { originOf } from './originOf.ts';

/**
 * What of a collection somebody may carry to another service (Art 20(1) GDPR): what they provided and what was observed
 * of them, never what was concluded, where any purpose that uses it rests on a basis that gives the right. A law without
 * such bases knows no such limit.
 */
export function portableFields(
  policy: Policy,
  law: Pick<Regime, 'bases'>,
  { fields }: Pick<Collection, 'fields'>,
): Field[] {
  return fields.filter(
    (field) =>
      field.export === 'always' &&
      originOf(field, policy.vocabulary) !== 'inferred' &&
      isPortable(policy, law, field.category),
  );
}

function isPortable({ purposes }: Policy, law: Pick<Regime, 'bases'>, category: string): boolean {
  if (law.bases === undefined) return true;
  return purposes
    .filter((purpose) => purpose.categories.some((word) => covers(word, category)))
    .some((purpose) => (rightUnder(law, purpose, 'portability')?.is ?? 'none') !== 'none');
}
