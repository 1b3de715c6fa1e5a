import { type Look, placeOf, unlistedRefused } from './look.ts';
import { anything, lookThrough } from './lookThrough.ts';
import { atPath } from './pathNode.ts';

/** What a filter asks to be equal stands in the record that an upsert makes. Throws WRITE_REFUSED. */
export function guardUpsert(look: Look, filter: unknown): void {
  for (const [path, value] of equalities(filter)) {
    atPath(look, path, (node) => {
      if (node) {
        lookThrough(look, node, value);
        return;
      }
      lookThrough(look, anything, value);
      // A condition cannot be left out without another record being found by the rest.
      if (look.rules.unlisted !== 'report') throw unlistedRefused(look, placeOf(look));
      look.unlisted.set(placeOf(look), 1);
    });
  }
}

/** MongoDB takes a field over from `a: 1`, `$eq`, and from `$in`, `$all`, `$and` and `$or` with such. */
function equalities(filter: unknown): [path: string, value: unknown][] {
  if (typeof filter !== 'object' || filter === null) return [];
  return Object.entries(filter).flatMap(([name, condition]): [string, unknown][] => {
    if (name === '$and' || name === '$or') return Array.isArray(condition) ? condition.flatMap(equalities) : [];
    if (name.startsWith('$')) return [];
    if (!isOperators(condition)) return [[name, condition]];
    const { $eq, $in, $all } = condition;
    return [$eq, ...list($in), ...list($all)].filter((value) => value !== undefined).map((value) => [name, value]);
  });
}

function isOperators(
  condition: unknown,
): condition is { readonly $eq?: unknown; readonly $in?: unknown; readonly $all?: unknown } {
  return (
    typeof condition === 'object' &&
    condition !== null &&
    Object.getPrototypeOf(condition) === Object.prototype &&
    Object.keys(condition).some((key) => key.startsWith('$'))
  );
}

function list(values: unknown): readonly unknown[] {
  return Array.isArray(values) ? values : [];
}
