import type { Field } from '../policy/inventory.ts';
import type { CopyNode } from './copyTree.ts';

/** What a single value becomes in a copy; undefined leaves it out. */
export type CopyValue = (field: Field, value: unknown) => unknown;

/**
 * A record as its person gets it: what the tree names, in its order, and nothing else. What is never exported is left out
 * wherever it lies; a list that the inventory names is a list in the copy too, so that every copy has one form.
 */
export function copyRecord(root: CopyNode, stored: object, value: CopyValue): Record<string, unknown> {
  return inside(root, stored, value) ?? {};
}

function inside(node: CopyNode, stored: object, value: CopyValue): Record<string, unknown> | undefined {
  const left = [...node.children].flatMap(([name, child]) => {
    const copied = Object.hasOwn(stored, name)
      ? copyNode(child, (stored as Readonly<Record<string, unknown>>)[name], value)
      : undefined;
    return copied === undefined ? [] : [[name, copied] as const];
  });
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

function copyNode(node: CopyNode, stored: unknown, value: CopyValue): unknown {
  if (stored === undefined || (node.field?.export === 'never' && node.children.size === 0)) return undefined;
  if (!node.list) return single(node, stored, value);
  const list = Array.isArray(stored) ? stored : stored === null ? [] : [stored];
  return list.map((each) => single(node, each, value)).filter((each) => each !== undefined);
}

function single(node: CopyNode, stored: unknown, value: CopyValue): unknown {
  const { field, children } = node;
  if (children.size === 0) return field === undefined ? undefined : everyValue(field, stored, value);
  // Where the inventory names what lies inside, anything but an object is nothing that it named.
  if (!isObject(stored)) return field === undefined ? undefined : everyValue(field, stored, value);
  const named = inside(node, stored, value);
  if (field === undefined || field.export === 'never') return named;
  const rest = Object.entries(stored).flatMap(([name, part]) => {
    const copied = children.has(name) ? undefined : everyValue(field, part, value);
    return copied === undefined ? [] : [[name, copied] as const];
  });
  return { ...named, ...Object.fromEntries(rest) };
}

function everyValue(field: Field, stored: unknown, value: CopyValue): unknown {
  if (field.export === 'never') return undefined;
  if (Array.isArray(stored)) {
    return stored.map((each) => everyValue(field, each, value)).filter((each) => each !== undefined);
  }
  if (!isObject(stored)) return value(field, stored);
  return Object.fromEntries(Object.entries(stored).map(([name, part]) => [name, everyValue(field, part, value)]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
