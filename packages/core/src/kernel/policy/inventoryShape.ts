import { egressShape, type WrittenEgress } from './egressShape.ts';
import type { Field, KeyShape, Predicate, Secret } from './inventory.ts';
import { kindsOf } from './kindsOf.ts';
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
  /** Of a kind: name of the stored collection, and what tells the kind. */
  readonly stored?: string;
  readonly when?: { field: string; equals: string };
  readonly source?: string;
  readonly subject: WrittenSubject;
  readonly anchors: Readonly<Record<string, string>>;
  readonly predicates: Readonly<Record<string, Predicate>>;
  readonly traits?: Readonly<Record<string, string>>;
  readonly about?: WrittenAbout;
  readonly lineage?: { parent: string; carries?: readonly string[] };
  readonly fields: Readonly<Record<string, WrittenField>>;
  readonly unlisted?: 'refuse' | 'strip' | 'report';
  readonly visibility?: string;
  /** Id of the governing rule, where the fields' categories do not name a single one. */
  readonly retention?: string;
}

export interface WrittenAbout {
  readonly through: Readonly<Record<string, string>>;
  readonly cascade: boolean;
}

/** Exactly one of `key`, `ref`, `address`, `device` and `through`. */
export interface WrittenSubject {
  readonly key?: string;
  readonly addresses?: readonly string[];
  readonly verified?: string;
  readonly ref?: string;
  readonly address?: string;
  readonly device?: string;
  readonly as?: KeyShape;
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
    stored: maybe(oneOf('json', 'base64', 'base64-json')),
  });
  const field: Shape<WrittenField> = (value, spot) => {
    if (value === null) return mistake(spot, 'MISSING_KEY', 'the field has no category', 'write field: category');
    if (typeof value !== 'string') return longField(value, spot);
    const name = category(value, spot);
    return name === undefined ? undefined : { category: name, export: 'always' };
  };

  return {
    collections: kindsOf(
      fields<Omit<WrittenCollection, 'stored' | 'when'>>({
        source: maybe(text),
        subject: need(subjectShape),
        anchors: or(mapOf(path), {}),
        predicates: or(mapOf(predicateShape), {}),
        traits: maybe(mapOf(path)),
        about: maybe(aboutShape),
        lineage: maybe(lineageShape),
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

const keyName = oneOf('lowercase', 'sha256', 'sha256-base64');
const keyPrefix = fields<{ prefix: string }>({ prefix: need(text) });
const keyShape: Shape<KeyShape> = (value, spot) => (isMapping(value) ? keyPrefix(value, spot) : keyName(value, spot));

const lineageShape = fields<NonNullable<WrittenCollection['lineage']>>({
  parent: need(path),
  carries: maybe(listOf(path)),
});

const aboutKeys = fields<WrittenAbout>({ through: need(mapOf(path)), cascade: or(flag, false) });
const aboutShape: Shape<WrittenAbout> = (value, spot) => {
  const about = aboutKeys(value, spot);
  if (about === undefined || Object.keys(about.through).length === 1) return about;
  return mistake(spot, 'WRONG_SHAPE', 'a record is about one other record', 'write {through: {collection: field}}');
};

const subjectKeys = fields<WrittenSubject>({
  key: maybe(path),
  addresses: maybe(listOf(path)),
  verified: maybe(path),
  ref: maybe(path),
  address: maybe(path),
  device: maybe(path),
  as: maybe(keyShape),
  through: maybe(mapOf(path)),
});

const subjectShape: Shape<WrittenSubject> = (value, spot) => {
  const subject = subjectKeys(value, spot);
  if (subject === undefined) return undefined;

  const { key, ref, address, device, through } = subject;
  const ways = [key, ref, address, device, through].filter((way) => way !== undefined);
  const single = through === undefined || Object.keys(through).length === 1;
  if (subject.as !== undefined && (key !== undefined || through !== undefined)) {
    const message = '`as` says how a key stands in the record of somebody else';
    return mistake(spot, 'WRONG_SHAPE', message, 'write it beside ref, address or device');
  }
  if (subject.verified !== undefined && key === undefined) {
    const message = '`verified` says of an account whether its addresses are its own';
    return mistake(spot, 'WRONG_SHAPE', message, 'write it beside key and addresses');
  }
  if (ways.length === 1 && single) return subject;
  return mistake(
    spot,
    'WRONG_SHAPE',
    'a record leads to its person in exactly one way',
    'write {key: …, addresses: […]}, {ref: field}, {address: field}, {device: field} or {through: {collection: field}}',
  );
};

const existsShape = fields<{ field: string; exists: boolean }>({ field: need(path), exists: need(flag) });
const equalsShape = fields<{ field: string; equals: string | number | boolean }>({
  field: need(path),
  equals: need(scalar),
});

const predicateShape: Shape<Predicate> = (value, spot) =>
  isMapping(value) && 'equals' in value ? equalsShape(value, spot) : existsShape(value, spot);
