import type { Field } from '../policy/inventory.ts';

/** A table of a collection: one for its records, and one for each list inside of them, whose items have rows of their own. */
export interface CsvTable {
  /** Path of the list, such as `batch`; empty for the records themselves. */
  readonly list: string;
  /** Names of the columns: the record's id, the position in each list on the way from 1 on, then the fields. */
  readonly columns: readonly string[];
  /** Rows of one record as it was copied; objects and further lists in a cell are JSON. */
  rows(id: string, record: object): unknown[][];
}

interface Listed {
  /** Steps of the path of the list, each list on the way with its brackets. */
  readonly steps: readonly string[];
  /** Paths of the fields behind it; an empty one is the item itself. */
  readonly fields: string[];
}

/** The tables that the paths of a collection amount to, the records' own first. */
export function csvTables(fields: readonly Pick<Field, 'path'>[]): CsvTable[] {
  const lists = new Map<string, Listed>([['', { steps: [], fields: [] }]]);
  for (const { path } of fields) {
    const steps = path.split('.');
    const last = steps.findLastIndex((step) => step.endsWith('[]'));
    const key = steps.slice(0, last + 1).join('.');
    const listed = lists.get(key) ?? { steps: steps.slice(0, last + 1), fields: [] };
    lists.set(key, listed);
    listed.fields.push(steps.slice(last + 1).join('.'));
  }
  return [...lists.values()].map(tableOf);
}

function tableOf({ steps, fields }: Listed): CsvTable {
  const way = steps.map((step) => ({ name: step.replaceAll('[]', ''), isList: step.endsWith('[]') }));
  const list = way.map(({ name }) => name).join('.');
  const positions = way.flatMap(({ isList }, at) =>
    isList
      ? [
          `${way
            .slice(0, at + 1)
            .map(({ name }) => name)
            .join('.')}#`,
        ]
      : [],
  );
  return {
    list,
    columns: ['id', ...positions, ...fields.map((field) => (field === '' ? 'value' : field))],
    rows: (id, record) =>
      items(record, way).map(({ at, item }) => [id, ...at, ...fields.map((field) => cell(valueAt(item, field)))]),
  };
}

function items(
  value: unknown,
  [step, ...rest]: readonly { readonly name: string; readonly isList: boolean }[],
): { at: number[]; item: unknown }[] {
  if (step === undefined) return [{ at: [], item: value }];
  const next = (value as Readonly<Record<string, unknown>> | undefined)?.[step.name];
  if (!step.isList) return next === undefined ? [] : items(next, rest);
  return (Array.isArray(next) ? next : []).flatMap((each, index) =>
    items(each, rest).map(({ at, item }) => ({ at: [index + 1, ...at], item })),
  );
}

function valueAt(item: unknown, path: string): unknown {
  if (path === '') return item;
  return path
    .split('.')
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined,
      item,
    );
}

function cell(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? '');
}
