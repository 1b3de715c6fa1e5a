import type { Collection, Field, Inventory } from '../policy/inventory.ts';
import { leadingPaths } from '../policy/leadingPaths.ts';
import type { Mode, Policy } from '../policy/policy.ts';
import { storedCollection } from '../policy/storedCollection.ts';
import { covers } from '../policy/vocabulary.ts';

/** What may be written into one collection: made of the policy once, asked at each write. */
export interface WriteRules {
  readonly collection: string;
  readonly root: FieldNode;
  /** What becomes of a field that the inventory does not name. */
  readonly unlisted: 'refuse' | 'strip' | 'report';
  /** The rule that closes the list of what is collected, and its clause. */
  readonly closing: Spoken;
  /** The rule that keeps card numbers out, which holds without one too. */
  readonly cards: Spoken;
  readonly prefixes: readonly string[];
  /** Names of fields that may be told; others come from people, and could be about them. */
  readonly names: ReadonlySet<string>;
}

/** A collection as the host's library knows it. */
export interface Declared {
  readonly name: string;
  /** Names of fields that the host wrote down. */
  readonly names: readonly string[];
  /** Fields that the library writes on its own account, such as `__v`. */
  readonly own: readonly string[];
}

/** A rule and the clause that it keeps; empty where the notice does not speak of it. */
export interface Spoken {
  readonly rule: string;
  readonly clause: string;
}

/** A step of the paths that the inventory names; a place in a list is no step, as in the database's own paths. */
export interface FieldNode {
  /** The inventory says that it is a list: `a[]`. */
  readonly isList?: boolean;
  /** Set where a path ends: all that lies below belongs to it. */
  readonly field?: KnownField;
  readonly children: ReadonlyMap<string, FieldNode>;
}

export interface KnownField {
  /** Absent where the field leads to the person, or dates and tests the record, and needs none. */
  readonly category?: string;
  readonly holds?: 'hash';
  readonly stored?: NonNullable<Field['stored']>;
  /** The rule by which nobody may hold such data. */
  readonly never?: Spoken;
}

interface GrowingNode {
  isList?: boolean;
  field?: KnownField;
  readonly children: Map<string, GrowingNode>;
}

/** @param mode of a rule, by its id */
export function writeRules(
  policy: Policy,
  collection: Collection,
  mode: (rule: string) => Mode,
  { names, own }: Omit<Declared, 'name'> = { names: [], own: [] },
): WriteRules {
  const closed = policy.never.find(({ unlisted }) => unlisted.includes('categories'));
  const closing = closed ? { rule: `never.${closed.name}`, clause: closed.clause } : { rule: 'categories', clause: '' };
  const root = treeOf(policy, collection, own);
  return {
    collection: collection.name,
    root,
    unlisted: collection.unlisted ?? (mode(closing.rule) === 'enforce' ? 'refuse' : 'report'),
    closing,
    cards: forbidsCategory(policy, 'payment.card') ?? { rule: 'never', clause: '' },
    prefixes: (policy.inventory.secrets ?? []).map(({ prefix }) => prefix),
    names: new Set([...names, ...namesIn(root)]),
  };
}

/** The collection as the inventory has it; undefined where it names none. */
export function collectionIn(inventory: Inventory, name: string): Collection | undefined {
  return storedCollection(inventory, name);
}

function treeOf(policy: Policy, collection: Collection, own: readonly string[]): FieldNode {
  const root: GrowingNode = { children: new Map() };
  for (const path of ['_id', ...own, ...standingPaths(collection)]) place(root, path, {});
  const { subject } = collection;
  // An address is nothing that stands open for want of a category.
  for (const path of subject.by === 'self' ? subject.addresses : []) place(root, path, { category: 'account.contact' });
  for (const { path, category, holds, stored } of collection.fields) {
    const never = forbidsCategory(policy, category);
    place(root, path, { category, ...(holds && { holds }), ...(stored && { stored }), ...(never && { never }) });
  }
  return root;
}

function namesIn({ children }: FieldNode): string[] {
  return [...children].flatMap(([name, node]) => [name, ...namesIn(node)]);
}

/** Fields that need no category: they lead somewhere, date the record or test it. */
function standingPaths(collection: Collection): string[] {
  const { anchors, predicates, traits = {}, visibility } = collection;
  return [
    ...leadingPaths(collection),
    ...Object.values(anchors),
    ...Object.values(predicates).map(({ field }) => field),
    ...Object.values(traits),
    ...(visibility === undefined ? [] : [visibility]),
  ];
}

function place(root: GrowingNode, path: string, field: KnownField): void {
  let node = root;
  for (const written of path.split('.')) {
    const step = written.replaceAll('[]', '');
    const next: GrowingNode = node.children.get(step) ?? { children: new Map() };
    if (step !== written) next.isList = true;
    node.children.set(step, next);
    node = next;
  }
  node.field = field;
}

/** A rule that keeps the category from everybody, and not only from some recipients. */
function forbidsCategory({ never }: Policy, category: string): Spoken | undefined {
  const rule = never.find(
    ({ to, categories }) => to === undefined && categories.some((word) => covers(word, category)),
  );
  return rule && { rule: `never.${rule.name}`, clause: rule.clause };
}
