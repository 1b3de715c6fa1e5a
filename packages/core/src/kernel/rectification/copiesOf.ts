import type { Policy } from '../policy/policy.ts';
import { whyUncorrectable } from './whyUncorrectable.ts';

/** The fields in which a copy of a value can stand: those of the same category that can be corrected, the field itself first. */
export function copiesOf(
  policy: Policy,
  { collection, field }: { readonly collection: string; readonly field: string },
): { readonly collection: string; readonly field: string }[] {
  const category = categoryAt(policy, { collection, field });
  const alike = policy.inventory.collections.flatMap(({ name, fields }) =>
    fields.filter((each) => each.category === category).map(({ path }) => ({ collection: name, field: path })),
  );
  const others = alike.filter((each) => each.collection !== collection || each.field !== field);
  return [{ collection, field }, ...others.filter((each) => whyUncorrectable(policy, each) === undefined)];
}

/** Empty where the inventory has no such field. */
export function categoryAt({ inventory }: Policy, at: { readonly collection: string; readonly field: string }): string {
  const collection = inventory.collections.find(({ name }) => name === at.collection);
  return collection?.fields.find(({ path }) => path === at.field)?.category ?? '';
}
