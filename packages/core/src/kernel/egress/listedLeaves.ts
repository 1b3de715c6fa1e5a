import type { EgressField } from '../policy/egressRule.ts';
import { demandSearchable } from './demandBounded.ts';
import { bytesOf, isPlainObject, plainEntries, plainScalar } from './plainValue.ts';

/** A value at a place that the list names. */
export interface Leaf {
  readonly field: EgressField;
  /** Keys and positions that lead to it. */
  readonly at: readonly (string | number)[];
  readonly value: string | number | boolean | null | Date | Uint8Array;
}

export interface Listed {
  readonly leaves: readonly Leaf[];
  /** How many values or branches the list does not name; they are not looked into. */
  readonly unlisted: number;
  /** Their paths, each once, sorted. Keys may be personal data: never to be written anywhere in clear. */
  readonly names: readonly string[];
}

interface Node {
  readonly inner: Map<string, Node>;
  field?: EgressField;
}

/**
 * Reads from a body what the list names. Nothing else is copied, and nothing of the body is run or changed.
 * @throws KeptError EGRESS_INVALID for more text than can be searched
 */
export function listedLeaves(body: unknown, fields: readonly EgressField[]): Listed {
  const leaves: Leaf[] = [];
  const names = new Set<string>();
  let unlisted = 0;

  const walk = (value: unknown, node: Node, at: readonly (string | number)[]): void => {
    if (value === undefined) return;
    const { field, inner } = node;
    const leaf = field && leafValue(value, field);
    if (field !== undefined && leaf !== undefined) {
      leaves.push({ field, at, value: leaf });
      return;
    }
    const each = inner.get('[]');
    if (each !== undefined && Array.isArray(value)) {
      for (const [key, element] of plainEntries(value)) {
        if (isPosition(key)) walk(element, each, [...at, Number(key)]);
      }
      return;
    }
    if (field === undefined && isPlainObject(value)) {
      for (const [key, element] of plainEntries(value)) {
        const next = typeof key === 'string' ? inner.get(key) : undefined;
        if (next !== undefined && typeof key === 'string' && key !== '[]') walk(element, next, [...at, key]);
        else if (element !== undefined) note([...at, String(key)]);
      }
      return;
    }
    note(at);
  };
  const note = (at: readonly (string | number)[]): void => {
    unlisted += 1;
    names.add(at.map((step) => (typeof step === 'number' ? '[]' : step)).join('.'));
  };

  walk(body, treeOf(fields), []);
  demandSearchable(leaves.map(({ field, value }) => (field.media === undefined ? value : undefined)));
  return { leaves, unlisted, names: [...names].sort() };
}

function treeOf(fields: readonly EgressField[]): Node {
  const root: Node = { inner: new Map() };
  for (const field of fields) {
    let node = root;
    for (const step of field.path.replaceAll('[]', '.[]').split('.')) {
      if (step === '') continue;
      const next = node.inner.get(step) ?? { inner: new Map() };
      node.inner.set(step, next);
      node = next;
    }
    node.field = field;
  }
  return root;
}

/** Bytes pass only where a file is meant, and texts only where none is in bytes. */
function leafValue(value: unknown, { media }: EgressField): Leaf['value'] | undefined {
  if (media === 'bytes') return bytesOf(value);
  return media === undefined || typeof value === 'string' ? plainScalar(value) : undefined;
}

function isPosition(key: string | symbol): boolean {
  return typeof key === 'string' && /^\d+$/.test(key);
}
