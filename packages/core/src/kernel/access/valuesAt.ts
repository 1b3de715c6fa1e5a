/** What a copy of a record has at a path of the inventory, each item of a list by itself. */
export function valuesAt(value: unknown, path: string): unknown[] {
  return path
    .replaceAll('[]', '')
    .split('.')
    .reduce<unknown[]>(
      (values, step) =>
        values.flatMap((each) => {
          const next = typeof each === 'object' && each !== null ? (each as Record<string, unknown>)[step] : undefined;
          return Array.isArray(next) ? next : next === undefined ? [] : [next];
        }),
      [value],
    );
}
