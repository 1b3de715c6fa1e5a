import type { Predicate } from './inventory.ts';
import { flag, oneOf, scalar, text, wordOf } from './plainShape.ts';
import { fields, isMapping, listOf, mapOf, maybe, need, or, type Shape } from './shape.ts';
import { mistake } from './spot.ts';

/** An inventory as people write it. */
export interface WrittenInventory {
  readonly collections: Readonly<Record<string, WrittenCollection>>;
  readonly files: Readonly<Record<string, { store: string; derived: readonly string[] }>>;
}

export interface WrittenCollection {
  readonly subject: WrittenSubject;
  readonly anchors: Readonly<Record<string, string>>;
  readonly predicates: Readonly<Record<string, Predicate>>;
  readonly traits?: Readonly<Record<string, string>>;
  readonly lineage?: { parent: string };
  readonly fields: Readonly<Record<string, WrittenField>>;
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

export interface WrittenField {
  readonly category: string;
  readonly file?: string;
  readonly export: 'always' | 'never';
}

/** The sections of inventory.yaml, each with its shape. */
export function inventoryShape(categories: readonly string[]): {
  readonly [K in keyof WrittenInventory]: Shape<WrittenInventory[K]>;
} {
  const category = wordOf('category', categories);
  const longField = fields<WrittenField>({
    category: need(category),
    file: maybe(text),
    export: or(oneOf('always', 'never'), 'always'),
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
        anchors: or(mapOf(text), {}),
        predicates: or(mapOf(predicateShape), {}),
        traits: maybe(mapOf(text)),
        lineage: maybe(fields<{ parent: string }>({ parent: need(text) })),
        fields: need(mapOf(field)),
        retention: maybe(text),
      }),
    ),
    files: mapOf(fields<WrittenInventory['files'][string]>({ store: need(text), derived: or(listOf(text), []) })),
  };
}

const subjectKeys = fields<WrittenSubject>({
  key: maybe(text),
  addresses: maybe(listOf(text)),
  ref: maybe(text),
  through: maybe(mapOf(text)),
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

const existsShape = fields<{ field: string; exists: boolean }>({ field: need(text), exists: need(flag) });
const equalsShape = fields<{ field: string; equals: string | number | boolean }>({
  field: need(text),
  equals: need(scalar),
});

const predicateShape: Shape<Predicate> = (value, spot) =>
  isMapping(value) && 'equals' in value ? equalsShape(value, spot) : existsShape(value, spot);
