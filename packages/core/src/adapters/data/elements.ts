import type { mongo } from 'mongoose';
import type { Collection } from '../../kernel/policy/inventory.ts';
import { queryPath } from './subjectFilter.ts';

/** Elements of lists as the unit of a person's data: `members[].userId` makes `members[]` theirs, `threads[].posts[].by` the post. */
export interface Elements {
  /** Path of the list, as the inventory writes it: `threads[].posts[]`. */
  readonly list: string;
  /** Where the person stands in the element; empty where the element itself names them. */
  readonly key: string;
}

/** Undefined where the whole record is the unit. */
export function elementsOf({ subject }: Pick<Collection, 'subject'>): Elements | undefined {
  if (subject.by === 'self') return undefined;
  const end = subject.field.lastIndexOf('[]');
  if (end < 0) return undefined;
  return { list: subject.field.slice(0, end + 2), key: subject.field.slice(end + 3) };
}

/** Whether a field of the inventory lies in the elements. */
export function isInside({ list }: Elements, path: string): boolean {
  return path === list || path.startsWith(`${list}.`);
}

/** The elements that a record holds, in whatever lists they lie. */
export function elementsIn(record: unknown, { list }: Elements): unknown[] {
  return list
    .slice(0, -2)
    .split('[].')
    .reduce<unknown[]>((found, path) => found.flatMap((each) => listAt(each, path.split('.'))), [record]);
}

/** What leads to the person in one element. */
export function keyIn(element: unknown, { key }: Elements): unknown {
  return key === '' ? element : key.split('.').reduce((value, name) => memberOf(value, name), element);
}

/** The record with nothing but those elements, and the way to them. */
export function onlyElements(record: unknown, { list }: Elements, isOwn: (element: unknown) => boolean): unknown {
  const levels = list.slice(0, -2).split('[].');
  return narrowed(record, levels);

  function narrowed(value: unknown, [path = '', ...deeper]: readonly string[]): unknown {
    const found = listAt(value, path.split('.'));
    const own =
      deeper.length === 0
        ? found.filter(isOwn)
        : found.map((each) => narrowed(each, deeper)).filter((each) => each !== undefined);
    if (own.length === 0) return undefined;
    return path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), own);
  }
}

/** An update that takes the elements with these keys out of their lists, wherever they lie. */
export function withoutElements(elements: Elements, keys: readonly unknown[]): mongo.Document[] {
  return [eachList(elements, (input) => ({ $filter: { input, as: 'e', cond: { $not: [isOneOf(elements, keys)] } } }))];
}

/** An update that takes fields, by their paths in the inventory, out of the elements with these keys and leaves the others. */
export function withoutFields(
  elements: Elements,
  keys: readonly unknown[],
  paths: readonly string[],
): mongo.Document[] {
  const inner = paths.map((path) => queryPath(path.slice(elements.list.length + 1)).split('.'));
  const bare = inner.reduce<unknown>((value, path) => without(value, path), '$$e');
  const cond = { $cond: [isOneOf(elements, keys), bare, '$$e'] };
  return [eachList(elements, (input) => ({ $map: { input, as: 'e', in: cond } }))];
}

function isOneOf({ key }: Elements, keys: readonly unknown[]): mongo.Document {
  return { $in: [key === '' ? '$$e' : `$$e.${key}`, { $literal: [...keys] }] };
}

function eachList({ list }: Elements, change: (input: string) => mongo.Document): mongo.Document {
  const [outer = '', ...deeper] = list.slice(0, -2).split('[].');
  const changed = (input: string, levels: readonly string[], depth: number): mongo.Document => {
    const [path, ...rest] = levels;
    if (path === undefined) return whereList(input, change(input));
    const name = `l${depth}`;
    const inside = changed(`$$${name}.${path}`, rest, depth + 1);
    return whereList(input, {
      $map: {
        input,
        as: name,
        in: {
          $cond: [
            { $eq: [{ $type: `$$${name}.${path}` }, 'array'] },
            put(`$$${name}`, path.split('.'), inside),
            `$$${name}`,
          ],
        },
      },
    });
  };
  return { $set: { [outer]: changed(`$${outer}`, deeper, 0) } };
}

function whereList(input: string, then: mongo.Document): mongo.Document {
  return { $cond: [{ $isArray: [input] }, then, input] };
}

/** The object with something else at the path, all else in it as it was. */
function put(object: string, [name = '', ...rest]: readonly string[], value: mongo.Document): mongo.Document {
  const inner = rest.length === 0 ? value : put(`${object}.${name}`, rest, value);
  return { $mergeObjects: [object, { [name]: inner }] };
}

/** An object without the field at a path; whatever else it is stays as it is. */
function without(value: unknown, [name = '', ...rest]: readonly string[]): mongo.Document {
  const pairs = { $objectToArray: value };
  const left =
    rest.length === 0
      ? { $filter: { input: pairs, as: 'p', cond: { $ne: ['$$p.k', name] } } }
      : {
          $map: {
            input: pairs,
            as: 'p',
            in: { k: '$$p.k', v: { $cond: [{ $eq: ['$$p.k', name] }, without('$$p.v', rest), '$$p.v'] } },
          },
        };
  return { $cond: [{ $eq: [{ $type: value }, 'object'] }, { $arrayToObject: left }, value] };
}

function listAt(value: unknown, path: readonly string[]): unknown[] {
  const found = path.reduce((each, name) => memberOf(each, name), value);
  return Array.isArray(found) ? found : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
