import type { EgressRule } from '../policy/egressRule.ts';
import type { Collection, Inventory } from '../policy/inventory.ts';
import type { PolicyChange } from './policyChange.ts';
import { same } from './same.ts';
import { weakerCollection } from './weakerCollection.ts';
import { widerEgress } from './widerEgress.ts';

/**
 * Where a host keeps data is its own affair: growth and fields that move are neither here nor there. What may no longer be
 * found, exported or ended because of it, and what may leave that stayed before, is a loosening, although the text of the
 * notice stays.
 */
export function diffInventory(before: Inventory, after: Inventory): PolicyChange[] {
  const held = new Set(after.collections.flatMap(({ fields }) => fields.map(({ category }) => category)));
  const lost = (collection: Collection): string[] =>
    [...new Set(collection.fields.map(({ category }) => category))].filter((category) => !held.has(category)).sort();
  return [
    ...byName('collections', before.collections, after.collections, (collection, next) => {
      const missing = lost(collection);
      if (missing.length > 0) return `holds no ${missing.join(', ')} any more, and nothing else does`;
      return next === undefined
        ? 'is gone, with all that was found, exported and ended there'
        : weakerCollection(collection, next);
    }),
    ...byName('files', before.files, after.files, (store, next) => {
      const gone = store.derived.filter((one) => next !== undefined && !next.derived.includes(one));
      return gone.length === 0 ? undefined : `no longer goes with its ${gone.join(', ')}`;
    }),
    ...byName('egress', egressOf(before), egressOf(after), widerEgress, (added) => widerEgress(undefined, added)),
    ...byName('impersonal', before.impersonal ?? [], after.impersonal ?? [], () => undefined),
    ...byName('secrets', before.secrets ?? [], after.secrets ?? [], (secret, next) =>
      next?.prefix === secret.prefix ? undefined : `a clear key that begins with ${secret.prefix} is taken`,
    ),
  ];
}

function egressOf({ egress = [] }: Inventory): (EgressRule & { name: string })[] {
  return egress.map((rule) => ({ name: rule.recipient, ...rule }));
}

function byName<T extends { readonly name: string }>(
  part: string,
  before: readonly T[],
  after: readonly T[],
  loses: (before: T, after: T | undefined) => string | undefined,
  gives: (added: T) => string | undefined = () => undefined,
): PolicyChange[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))].sort();
  return names.flatMap((name): PolicyChange[] => {
    const [then, now] = [before, after].map((list) => list.find((one) => one.name === name));
    if (same(then, now)) return [];
    const less = then === undefined ? now && gives(now) : loses(then, now);
    const change = then === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    return [
      {
        section: 'inventory',
        rule: `inventory.${part}.${name}`,
        change,
        clause: '',
        text: `Inventory, ${name}: ${less ?? gist[change]}`,
        ...(then !== undefined && { before: then }),
        ...(now !== undefined && { after: now }),
        direction: less === undefined ? 'neither' : 'loosens',
        material: false,
      },
    ];
  });
}

const gist = { added: 'is new', removed: 'is gone', changed: 'is described differently' } as const;
