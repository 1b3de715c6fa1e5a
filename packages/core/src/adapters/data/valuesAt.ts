/** Everything at a dotted path of a stored document; an array on the way counts with each of its elements. */
export function valuesAt(value: unknown, path: string): unknown[] {
  return walk(value, path.split('.'));
}

/** The one value at a path; undefined where there is none, or several that differ. */
export function onlyValueAt(value: unknown, path: string): unknown {
  const [first, ...others] = valuesAt(value, path);
  return others.every((other) => String(other) === String(first)) ? (first ?? undefined) : undefined;
}

/** The date at a path; whatever else stands there is none. */
export function dateAt(value: unknown, path: string): Date | undefined {
  const found = onlyValueAt(value, path) as Date | undefined;
  return typeof found?.getTime === 'function' ? found : undefined;
}

function walk(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => walk(each, path));
  const [first, ...rest] = path;
  if (first === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return walk((value as Record<string, unknown>)[first], rest);
}
