/** The part of JSON Schema that ours use. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | false;
}

/** What a value has against the schema, by path. */
export function objections(value: unknown, schema: Schema, root: Schema, path = '$'): string[] {
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
      const misnamed = schema.propertyNames && objections(key, schema.propertyNames, root, `${path}.${key}`);
      if (misnamed && misnamed.length > 0) return misnamed;
      return known === false ? [`${path}.${key} is unknown`] : objections(one, known ?? {}, root, `${path}.${key}`);
    }),
  ];
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}
