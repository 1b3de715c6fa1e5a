/** A value in a record, and the path that leads to it there and nowhere else, such as `identities.0.email`. */
export interface Place {
  readonly path: string;
  readonly value: unknown;
}

/**
 * The places of a field (`identities[].email`) in a record; a list on the way counts with each of its elements that `takes`
 * it. A place that is not there is none.
 */
export function placesIn(
  record: unknown,
  field: string,
  takes: (list: string, element: unknown) => boolean = () => true,
): Place[] {
  const walk = (value: unknown, [step, ...rest]: readonly string[], at: string, path: string): Place[] => {
    if (Array.isArray(value)) {
      return value.flatMap((each, index) =>
        takes(path, each) ? walk(each, step === undefined ? [] : [step, ...rest], `${at}.${index}`, path) : [],
      );
    }
    if (step === undefined) return value === undefined ? [] : [{ path: at, value }];
    const name = step.replaceAll('[]', '');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
    const inner = (value as Record<string, unknown>)[name];
    return walk(inner, rest, at === '' ? name : `${at}.${name}`, path === '' ? step : `${path}.${step}`);
  };
  return walk(record, field.split('.'), '', '');
}
