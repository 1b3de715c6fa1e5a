import { originOf } from '../access/originOf.ts';
import type { Collection, Field } from '../policy/inventory.ts';
import { leadingPaths } from '../policy/leadingPaths.ts';
import type { Policy } from '../policy/policy.ts';

/** Why nobody corrects a field by a request; undefined where it can be. */
export function whyUncorrectable(
  { inventory, vocabulary }: Policy,
  at: { readonly collection: string; readonly field: string },
): string | undefined {
  const collection = inventory.collections.find(({ name }) => name === at.collection);
  const field = collection?.fields.find(({ path }) => path === at.field);
  if (!collection || !field) return 'the inventory names no such field';
  if (isSecret(field)) return 'it holds a secret, which is set anew and not corrected';
  if (field.file !== undefined) return 'it holds a file';
  if (isFixed(collection, field.path)) return 'it says whose the record is, or what happened to it when';
  if (originOf(field, vocabulary) === 'inferred')
    return 'it is an opinion of the service, beside which a statement stands';
  return undefined;
}

function isSecret({ export: when, holds }: Field): boolean {
  return when === 'never' || holds !== undefined;
}

/** By these fields the person is found and time runs: what they say is what happened at the service. */
function isFixed(collection: Collection, path: string): boolean {
  const predicates = Object.values(collection.predicates).map(({ field }) => field);
  return [...leadingPaths(collection), ...Object.values(collection.anchors), ...predicates].includes(path);
}
