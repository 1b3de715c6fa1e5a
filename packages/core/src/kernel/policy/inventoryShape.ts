import { egressShape, type WrittenEgress } from './egressShape.ts';
import type { Field, Predicate, Secret } from './inventory.ts';
import { flag, oneOf, scalar, text, wordOf } from './plainShape.ts';
import { fields, isMapping, listOf, mapOf, maybe, need, or, type Shape } from './shape.ts';
import { mistake } from './spot.ts';
import { dataOrigins } from './vocabulary.ts';

/** An inventory as people write it. */
export interface WrittenInventory {
  readonly collections: Readonly<Record<string, WrittenCollection>>;
  readonly files: Readonly<Record<string, { store: string; derived: readonly string[] }>>;
  readonly impersonal: Readonly<Record<string, string>>;
  readonly secrets: readonly Secret[];
  readonly egress: Readonly<Record<string, WrittenEgress>>;
}

/** What holds where a section is left out; the other sections must be there. */
export const inventorySilence: Pick<WrittenInventory, 'impersonal' | 'secrets' | 'egress'> = {
  impersonal: {},
  secrets: [],
  egress: {},
};

export interface WrittenCollection {
  readonly subject: WrittenSubject;
  readonly anchors: Readonly<Record<string, string>>;
  readonly predicates: Readonly<Record<string, Predicate>>;
  readonly traits?: Readonly<Record<string, string>>;
  readonly lineage?: { parent: string };
  readonly fields: Readonly<Record<string, WrittenField>>;
  readonly unlisted?: 'refuse' | 'strip' | 'report';
  readonly visibility?: string;
  /** Id of the governing rule, where the fields' categories do not name a single one. */
  readonly retention?: string;
}

/** Exactly one of `key`, `ref` and `through`. */
export interface WrittenSubject {
  readonly key?: string;
  readonly addresses?: readonly string[];
  readonly ref?: string;
  readonly through?: Readonly<Record<string, string>>;
}

export type WrittenField = Omit<Field, 'path'>;

/** The sections of inventory.yaml, each with its shape. */
export function inventoryShape(categories: readonly string[]): {
  readonly [K in keyof WrittenInventory]: Shape<WrittenInventory[K]>;
} {
  const category = wordOf('category', categories);
  const longField = fields<WrittenField>({
    category: need(category),
    file: maybe(text),
    export: or(oneOf('always', 'never'), 'always'),
    holds: maybe(oneOf('hash')),
    others: maybe(flag),
    origin: maybe(oneOf(...dataOrigins)),
    source: maybe(path),
  });
  const field: Shape<WrittenField> = (value, spot) => {
    if (value === null) return mistake(spot, 'MISSING_KEY', 'the field has no category', 'write field: category');
    if (typeof value !== 'string') return longField(value, spot);
    const name = category(value, spot);
    return name === undefined ? undefined : { category: name, export: 'always' };
  };

  return {
    collections: mapOf(
      fields<WrittenCollection>({
        subject: need(subjectShape),
        anchors: or(mapOf(path), {}),
        predicates: or(mapOf(predicateShape), {}),
        traits: maybe(mapOf(path)),
        lineage: maybe(fields<{ parent: string }>({ parent: need(path) })),
        fields: need(mapOf(field, path)),
        unlisted: maybe(oneOf('refuse', 'strip', 'report')),
        visibility: maybe(path),
        retention: maybe(text),
      }),
    ),
    files: mapOf(fields<WrittenInventory['files'][string]>({ store: need(text), derived: or(listOf(text), []) })),
    impersonal: mapOf(text),
    secrets: listOf(fields<Secret>({ name: need(text), prefix: need(prefix) })),
    egress: egressShape(categories),
  };
}

/** A dotted path. Whatever a database or a language takes for something else than a name is none. */
const path: Shape<string> = (value, spot) =>
  typeof value === 'string' && value.split('.').every(isFieldName)
    ? value
    : mistake(spot, 'WRONG_SHAPE', 'the path of a field is expected here', 'write names with dots: a.b, a[].b');

const isFieldName = (name: string): boolean =>
  /^[^$\0\s][^\0]*$/.test(name) && !['__proto__', 'constructor', 'prototype'].includes(name);

const prefix: Shape<string> = (value, spot) =>
  typeof value === 'string' && /^[\w-]{3,32}$/.test(value)
    ? value
    : mistake(spot, 'WRONG_SHAPE', 'the beginning of a key is expected here', 'write 3 to 32 of its letters: abc_');

const subjectKeys = fields<WrittenSubject>({
  key: maybe(path),
  addresses: maybe(listOf(path)),
  ref: maybe(path),
  through: maybe(mapOf(path)),
});

const subjectShape: Shape<WrittenSubject> = (value, spot) => {
  const subject = subjectKeys(value, spot);
  if (subject === undefined) return undefined;

  const ways = [subject.key, subject.ref, subject.through].filter((way) => way !== undefined);
  const single = subject.through === undefined || Object.keys(subject.through).length === 1;
  if (ways.length === 1 && single) return subject;
  return mistake(
    spot,
    'WRONG_SHAPE',
    'a record leads to its person in exactly one way',
    'write {key: …, addresses: […]}, {ref: field} or {through: {collection: field}}',
  );
};

const existsShape = fields<{ field: string; exists: boolean }>({ field: need(path), exists: need(flag) });
const equalsShape = fields<{ field: string; equals: string | number | boolean }>({
  field: need(path),
  equals: need(scalar),
});

const predicateShape: Shape<Predicate> = (value, spot) =>
  isMapping(value) && 'equals' in value ? equalsShape(value, spot) : existsShape(value, spot);
