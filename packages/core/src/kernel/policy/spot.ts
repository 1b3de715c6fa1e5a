import type { Mistake, PolicySource } from './source.ts';

/** A value's place in a file, and the list that takes the mistakes about it. */
export interface Spot {
  readonly source: PolicySource;
  readonly path: readonly (string | number)[];
  readonly mistakes: Mistake[];
}

export function spotOf(source: PolicySource, mistakes: Mistake[], path: readonly (string | number)[] = []): Spot {
  return { source, path, mistakes };
}

export function below(spot: Spot, ...steps: readonly (string | number)[]): Spot {
  return { ...spot, path: [...spot.path, ...steps] };
}

/** Notes a mistake with its line. Answers undefined, so that a shape can end with it. */
export function mistake(spot: Spot, code: string, message: string, remedy: string): undefined {
  const { line, column } = spot.source.locate(spot.path);
  spot.mistakes.push({ code, file: spot.source.file, line, column, message, remedy });
  return undefined;
}

/** Sorted by file and place, so that they read from top to bottom. */
export function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  const byFile = (a: Mistake, b: Mistake): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0);
  return [...mistakes].sort((a, b) => byFile(a, b) || a.line - b.line || a.column - b.column);
}
