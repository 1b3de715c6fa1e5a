import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { loadPackSources } from '../../packages/core/src/adapters/policy/loadPack.ts';
import { loadVocabulary } from '../../packages/core/src/adapters/policy/loadVocabulary.ts';
import { policiesDir } from '../../packages/core/src/adapters/policy/policiesDir.ts';
import { inventoryShape } from '../../packages/core/src/kernel/policy/inventoryShape.ts';
import { policyShape } from '../../packages/core/src/kernel/policy/policyShape.ts';
import { definedWords } from '../../packages/core/src/kernel/policy/vocabulary.ts';

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
}

const schemas = {
  policy: JSON.parse(await readFile(policiesDir('schema', 'policy.schema.json'), 'utf8')) as Schema,
  inventory: JSON.parse(await readFile(policiesDir('schema', 'inventory.schema.json'), 'utf8')) as Schema,
};
const vocabulary = await loadVocabulary();
const sources = await loadPackSources('sdance-ai');

/** What a value has against the schema, by path: the part of JSON Schema that ours use. */
function objections(value: unknown, schema: Schema, root: Schema, path = '$'): string[] {
  if (schema.$ref !== undefined)
    return objections(value, root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? {}, root, path);
  if (schema.oneOf !== undefined) {
    const fitting = schema.oneOf.filter((one) => objections(value, one, root, path).length === 0);
    return fitting.length === 1 ? [] : [`${path} fits ${fitting.length} ways`];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${path} is not one of ${schema.enum.join()}`];
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type) => isOf(type, value))) return [`${path} is no ${types.join()}`];
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(String(value))) return [`${path} is misspelt`];
  if (Array.isArray(value))
    return value.flatMap((one, index) => objections(one, schema.items ?? {}, root, `${path}[${index}]`));
  if (!isOf('object', value)) return [];

  const given = Object.entries(value as Record<string, unknown>);
  const missing = (schema.required ?? []).filter((key) => !given.some(([name]) => name === key));
  return [
    ...missing.map((key) => `${path}.${key} is missing`),
    ...given.flatMap(([key, one]) => {
      const known = schema.properties?.[key] ?? schema.additionalProperties;
      return known === false ? [`${path}.${key} is unknown`] : objections(one, known ?? {}, root, `${path}.${key}`);
    }),
  ];
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

describe('the schema for editors', () => {
  test('accepts the pack', () => {
    expect(objections(sources.policy.data, schemas.policy, schemas.policy)).toEqual([]);
    expect(objections(sources.inventory.data, schemas.inventory, schemas.inventory)).toEqual([]);
  });

  test('has every section that the compiler reads, and no other', () => {
    expect(Object.keys(schemas.policy.properties ?? {}).sort()).toEqual(Object.keys(policyShape(vocabulary)).sort());
    const inventory = Object.keys(inventoryShape(definedWords(vocabulary).categories)).sort();
    expect(Object.keys(schemas.inventory.properties ?? {}).sort()).toEqual(inventory);
  });

  test('objects to an unknown key, a spoken period and a missing origin', () => {
    const policy = structuredClone(sources.policy.data) as {
      retention: [{ keep: object; sinse?: string }];
      childs?: object;
    };
    policy.childs = {};
    policy.retention[0].keep = { atMost: '30 days' };
    policy.retention[0].sinse = 'generated';
    expect(objections(policy, schemas.policy, schemas.policy)).toEqual([
      '$.retention[0].keep.from is missing',
      '$.retention[0].keep.atMost is misspelt',
      '$.retention[0].sinse is unknown',
      '$.childs is unknown',
    ]);
  });
});
