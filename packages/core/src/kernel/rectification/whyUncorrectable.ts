import type { Collection, Field, Inventory } from '../policy/inventory.ts';

/** Why nobody corrects a field by a request; undefined where it can be. */
export function whyUncorrectable(
  { collections }: Inventory,
  at: { collection: string; field: string },
): string | undefined {
  const collection = collections.find(({ name }) => name === at.collection);
  const field = collection?.fields.find(({ path }) => path === at.field);
  if (!collection || !field) return 'the inventory names no such field';
  if (!isReadable(field)) return 'it holds a secret, which is set anew and not corrected';
  if (field.file !== undefined) return 'it holds a file';
  if (leadsSomewhere(collection, field.path)) return 'it says whose the record is, or what happened to it when';
  return undefined;
}

function isReadable({ export: when, holds }: Field): boolean {
  return when !== 'never' && holds === undefined;
}

/** By these fields the person is found and time runs: what they say is what happened at the service. */
function leadsSomewhere({ subject, anchors, predicates, lineage }: Collection, path: string): boolean {
  const leading: unknown[] = [
    ...Object.values(subject).filter((value) => typeof value === 'string'),
    ...Object.values(anchors),
    ...Object.values(predicates).map(({ field }) => field),
    lineage?.parent,
  ];
  return leading.includes(path) && !('addresses' in subject && subject.addresses.includes(path));
}
