import { queryPath } from './subjectFilter.ts';

/** Reads the keys and these paths. The database takes no path together with one inside it. */
export function projectionOf(paths: readonly string[]): Record<string, 1> {
  const queries = [...new Set(['_id', ...paths.map(queryPath)])];
  const outermost = queries.filter((path) => !queries.some((other) => path.startsWith(`${other}.`)));
  return Object.fromEntries(outermost.map((path) => [path, 1]));
}
