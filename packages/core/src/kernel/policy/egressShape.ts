import type { EgressField, EgressRule } from './egressRule.ts';
import { oneOf, text, wordOf } from './plainShape.ts';
import { fields, listOf, mapOf, maybe, need, or, type Shape } from './shape.ts';
import { mistake } from './spot.ts';

export type WrittenEgress = Omit<EgressRule, 'recipient' | 'fields'> & {
  readonly fields: Readonly<Record<string, Omit<EgressField, 'path'>>>;
};

/** The section `egress` of inventory.yaml: by name of the recipient. */
export function egressShape(categories: readonly string[]): Shape<Readonly<Record<string, WrittenEgress>>> {
  const category = wordOf('category', categories);
  const longField = fields<Omit<EgressField, 'path'>>({
    category: need(category),
    media: maybe(oneOf('bytes', 'base64', 'url', 'name')),
    file: maybe(text),
  });
  const field: Shape<Omit<EgressField, 'path'>> = (value, spot) => {
    if (typeof value !== 'string') return longField(value, spot);
    const name = category(value, spot);
    return name === undefined ? undefined : { category: name };
  };
  return mapOf(
    fields<WrittenEgress>({
      onUnlisted: or(oneOf('strip', 'refuse'), 'strip'),
      onPersonal: or(oneOf('strip', 'refuse'), 'strip'),
      hosts: or(listOf(hostName), []),
      fields: need(mapOf(field, fieldPath)),
    }),
  );
}

const forbidden = new Set(['__proto__', 'prototype', 'constructor']);

const fieldPath: Shape<string> = (value, spot) => {
  const steps = String(value).split('.');
  const isPath = steps.every((step) => /^\??[A-Za-z_][\w-]*(\[\])*$|^(\[\])+$/.test(step) && !forbidden.has(step));
  if (isPath) return value as string;
  return mistake(spot, 'WRONG_SHAPE', 'this is no path of a field', 'write names with dots, as in images[].url');
};

const hostName: Shape<string> = (value, spot) =>
  typeof value === 'string' && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(value)
    ? value
    : mistake(
        spot,
        'WRONG_SHAPE',
        'a host name is expected here',
        'write it in small letters, without https:// or port',
      );
