import type { Field } from '../policy/inventory.ts';

/** A step of the paths that a copy shows. */
export interface CopyNode {
  /** The inventory says that it is a list: `a[]`. */
  readonly list: boolean;
  /** Set where a path ends: all that lies below belongs to it, but for what is named there too. */
  readonly field?: Field;
  readonly children: ReadonlyMap<string, CopyNode>;
}

interface Growing {
  list: boolean;
  field?: Field;
  readonly children: Map<string, Growing>;
}

/** The fields of a collection as a tree of their paths. */
export function copyTree(fields: readonly Field[]): CopyNode {
  const root: Growing = { list: false, children: new Map() };
  for (const field of fields) {
    let node = root;
    for (const step of field.path.split('.')) {
      const name = step.replaceAll('[]', '');
      const next = node.children.get(name) ?? { list: false, children: new Map() };
      node.children.set(name, next);
      if (step.endsWith('[]')) next.list = true;
      node = next;
    }
    node.field = field;
  }
  return root;
}
