import { isObjectId } from './clearValues.ts';
import { below } from './look.ts';
import { maskValue } from './maskValue.ts';
import type { FieldNode } from './writeRules.ts';

/** How a category is shown: as it is, masked, or not at all. */
export type Shown = 'clear' | 'masked' | 'hidden';

/**
 * A record as it may be read: fields by what is decided on their category. Fields that the inventory does not name are
 * left out, since nothing could be decided on them; keys and dates without a category stay.
 */
export function showFields(root: FieldNode, stored: object, shown: (category: string) => Shown): object {
  return (show(root, stored, shown) as object | undefined) ?? {};
}

function show(node: FieldNode, value: unknown, shown: (category: string) => Shown): unknown {
  if (Array.isArray(value)) {
    const left = value.map((each) => show(node, each, shown)).filter((each) => each !== undefined);
    return left.length > 0 || value.length === 0 ? left : undefined;
  }
  if (!isRecord(value)) return single(node, value, shown);
  const left = Object.entries(value).flatMap(([name, part]) => {
    const next = below(node, name) ?? (name === '_id' && isObjectId(part) ? leading : undefined);
    const seen = next && show(next, part, shown);
    return seen === undefined ? [] : [[name, seen]];
  });
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

const leading: FieldNode = { field: {}, children: new Map() };

function single({ field }: FieldNode, value: unknown, shown: (category: string) => Shown): unknown {
  if (field === undefined) return undefined;
  if (field.category === undefined) return value;
  const how = shown(field.category);
  if (how === 'hidden') return undefined;
  return how === 'clear' ? value : maskValue(field.category, value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
