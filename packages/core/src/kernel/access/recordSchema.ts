import { categoryLabel } from '../policy/categoryLabel.ts';
import type { Collection, Field } from '../policy/inventory.ts';
import type { Policy } from '../policy/policy.ts';
import { type CopyNode, copyTree } from './copyTree.ts';
import { csvTables } from './csvTables.ts';

/** A schema of JSON Schema 2020-12, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of copies of a collection, whichever of its fields are in them: what is never exported is in none. The
 * document is the JSON file, `#/$defs/record` a line of the NDJSON, and the definition of `rowName` a row of CSV.
 */
export function recordSchema(policy: Policy, { name, fields }: Pick<Collection, 'name' | 'fields'>): JsonSchema {
  const shown = fields.filter((field) => field.export === 'always');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:kept:${policy.pack}:${policy.version}:${name}`,
    title: `${name}, ${policy.controller.name}`,
    type: 'array',
    items: { $ref: '#/$defs/record' },
    $defs: {
      record: {
        type: 'object',
        properties: { id: { type: 'string' }, data: objectOf(copyTree(shown), policy) },
        required: ['id', 'data'],
        additionalProperties: false,
      },
      ...Object.fromEntries(csvTables(shown).map(({ list, columns }) => [rowName(list), rowOf(columns)])),
    },
  };
}

/** Under which name the row of a table stands in the schema. */
export function rowName(list: string): string {
  return list === '' ? 'row' : `row of ${list}`;
}

function objectOf(node: CopyNode, policy: Policy): JsonSchema {
  const properties = [...node.children].map(([name, child]) => [name, schemaOf(child, policy)]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(node.field === undefined && { additionalProperties: false }),
  };
}

function schemaOf(node: CopyNode, policy: Policy): JsonSchema {
  const { list, field, children } = node;
  const title = field === undefined ? {} : { title: categoryLabel(policy, [field.category]) };
  const one = children.size > 0 && field === undefined ? objectOf(node, policy) : leafOf(field);
  return list ? { ...title, type: 'array', items: one } : { ...title, ...one };
}

/** A file is named by its place in the package. Of other values the inventory knows what they are about, and no type. */
function leafOf(field: Field | undefined): JsonSchema {
  if (field?.file === undefined) return {};
  const file = { type: 'string', pattern: '^media/' };
  return { anyOf: [file, { type: 'array', items: file }] };
}

/** Every cell of a table is text; a copy need not have all columns. */
function rowOf(columns: readonly string[]): JsonSchema {
  const isPosition = (column: string): boolean => column.endsWith('#');
  const position = { type: 'string', pattern: '^[1-9][0-9]*$' };
  return {
    type: 'object',
    properties: Object.fromEntries(columns.map((name) => [name, isPosition(name) ? position : { type: 'string' }])),
    required: columns.filter((name) => name === 'id' || isPosition(name)),
    additionalProperties: false,
  };
}
