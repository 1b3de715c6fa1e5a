import { hiddenText } from '../sensitive/decoded.ts';
import { bytesIn, demandClear, demandHash, isObjectId, textOf } from './clearValues.ts';
import { below, demandName, enter, type Look, placeOf, spend, staysUnlisted } from './look.ts';
import { writeRefused } from './writeRefused.ts';
import type { FieldNode } from './writeRules.ts';

/** Stands for a value that is taken out of what is written. */
export const STRIPPED: unique symbol = Symbol('stripped');

/**
 * Looks at a value and at all that it holds, before it is written at `node`; answers it as it may be written: the same
 * one, a copy without the fields that the inventory does not name, or STRIPPED. Throws WRITE_REFUSED.
 */
export function lookThrough(look: Look, node: FieldNode, value: unknown): unknown {
  if (value === null || value === undefined) return value;
  demandHeld(look, node);
  if (typeof value !== 'object') return single(look, node, value);
  if (Array.isArray(value)) return list(look, node, value);
  if (value instanceof Map) return map(look, node, value);
  const { _bsontype: kind, toBSON } = value as { readonly _bsontype?: unknown; readonly toBSON?: () => unknown };
  if (kind !== undefined && Object.hasOwn(value, '_bsontype')) {
    throw writeRefused(placeOf(look), 'a value passes itself off as another type', 'Store plain values.');
  }
  const isSingle = kind !== undefined || value instanceof Date || value instanceof RegExp || bytesIn(value);
  if (isSingle) return single(look, node, value);
  if (typeof toBSON !== 'function') return record(look, node, value as Record<string, unknown>);
  const stored = toBSON.call(value);
  const seen = lookThrough(look, node, stored);
  return seen === stored ? value : seen;
}

/** Throws WRITE_REFUSED where nobody may hold what the field is for. */
export function demandHeld(look: Look, { field }: FieldNode): void {
  if (!field?.never) return;
  throw writeRefused(placeOf(look), `nobody may hold ${field.category}`, 'Do not store it.', field.never);
}

/** A field that nothing names: card numbers and keys are refused before it is asked what becomes of the rest. */
export function lookAtUnnamed(look: Look, value: unknown): unknown {
  lookThrough(look, anything, value);
  return staysUnlisted(look) ? value : STRIPPED;
}

/** A whole document. */
export function lookAtRecord(look: Look, document: object): object {
  return lookThrough(look, look.rules.root, document) as object;
}

function single(look: Look, node: FieldNode, value: unknown): unknown {
  const { field } = node;
  const text = textOf(value);
  spend(look, text?.length ?? 8);
  if (field?.holds === 'hash') {
    demandHash(look, value);
    return value;
  }
  demandClear(look, text ?? value);
  const hidden = hiddenText(value, field);
  if (hidden !== undefined) demandClear(look, hidden);
  // What the inventory describes as a record of named fields is none.
  if (field === undefined) return staysUnlisted(look) ? value : STRIPPED;
  return value;
}

function record(look: Look, node: FieldNode, value: Record<string, unknown>): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(value)) {
    const old = value[name];
    const seen = member(look, node, name, old);
    if (seen === old) continue;
    copy ??= { ...value };
    if (seen === STRIPPED) delete copy[name];
    else copy[name] = seen;
  }
  return copy ?? value;
}

function map(look: Look, node: FieldNode, value: ReadonlyMap<unknown, unknown>): unknown {
  const copy = new Map<string, unknown>();
  let changed = false;
  for (const [key, old] of value) {
    const name = String(key);
    const seen = member(look, node, name, old);
    changed ||= seen !== old;
    if (seen !== STRIPPED) copy.set(name, seen);
  }
  return changed ? copy : value;
}

function member(look: Look, node: FieldNode, name: string, value: unknown): unknown {
  demandName(look, name);
  enter(look, name);
  spend(look, name.length + 8);
  if (!look.rules.names.has(name)) demandClear(look, name);
  const next = below(node, name) ?? ownId(node, name, value);
  const seen = next === undefined ? lookAtUnnamed(look, value) : lookThrough(look, next, value);
  look.trail.pop();
  return seen;
}

/** Elements of an array have ids that the library gives them; whatever else goes by that name is somebody's. */
function ownId(node: FieldNode, name: string, value: unknown): FieldNode | undefined {
  return name === '_id' && node.children.size > 0 && isObjectId(value) ? anything : undefined;
}

/** Under a path that has ended; also what is looked at although nothing names it. */
export const anything: FieldNode = { field: {}, children: new Map() };

function list(look: Look, node: FieldNode, values: readonly unknown[]): unknown {
  enter(look, '[]');
  const seen = Array.from(values, (value) => {
    spend(look, 8);
    return lookThrough(look, node, value);
  });
  look.trail.pop();
  return seen.every((value, at) => value === values[at]) ? values : seen.filter((value) => value !== STRIPPED);
}
