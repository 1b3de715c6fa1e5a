import { categoryLabel } from '../policy/categoryLabel.ts';
import type { Field } from '../policy/inventory.ts';
import type { Policy } from '../policy/policy.ts';
import { type CopyNode, copyTree } from './copyTree.ts';
import { csvTables } from './csvTables.ts';

/** A schema of JSON Schema 2020-12, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Of which service and version a copy is; with its hash, a schema that a person got names the rules that it was made by. */
export interface SchemaOf {
  readonly policy: Policy;
  readonly collection: string;
  readonly fields: readonly Field[];
}

/**
 * The JSON Schema of a person's copy of a collection. The document is the JSON file, `#/$defs/record` a line of the NDJSON,
 * and `#/$defs/row` with the name of a list a row of its CSV, by the names of its columns.
 */
export function recordSchema({ policy, collection, fields }: SchemaOf): JsonSchema {
  const shown = fields.filter((field) => field.export === 'always');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:kept:${policy.pack}:${policy.version}:${collection}`,
    title: `${collection}, ${policy.controller.name}`,
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

function rowOf(columns: readonly string[]): JsonSchema {
  const numbers = columns.filter((column) => column.endsWith('#'));
  return {
    type: 'object',
    properties: Object.fromEntries(
      columns.map((column) => [
        column,
        numbers.includes(column) ? { type: 'string', pattern: '^[1-9][0-9]*$' } : { type: 'string' },
      ]),
    ),
    required: [...columns],
    additionalProperties: false,
  };
}
